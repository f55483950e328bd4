"""Identity numbers typed by hand: each is recorded and counted, so that numbers cannot be tried one by one."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.audit.services import record, record_look
from secondment.common.protection import blind_index
from secondment.files.identity import normalise_number
from secondment.people.errors import TooManyNumbersError
from secondment.people.models import Person
from secondment.people.queries import kept_by

# A clerk who enters a person every two and a half minutes types about 200 numbers in a working day.
# Longer lists are imported, and an import compares with the own units alone.
MOST_NUMBERS_A_DAY = 200
FIND, ENTER = "person.find_identity", "person.enter_identity"


def find_person(number: str, *, by: User, at: dt.datetime) -> Person | None:
    """The person with this number among those whose files the account keeps; every search is on record."""
    if n_numbers_of(by, at=at) >= MOST_NUMBERS_A_DAY:
        record_look(f"{FIND}.refused", by, by=by, at=at)
        raise _too_many()
    person = kept_by(by).filter(identity_index=blind_index(normalise_number(number))).first()
    with transaction.atomic():
        record(FIND, person or by, by=by, at=at, details={"found": person is not None})
    return person


def note_number(*, by: User, at: dt.datetime) -> None:
    """Count a number that is entered for a person; joins the caller's transaction."""
    if n_numbers_of(by, at=at) >= MOST_NUMBERS_A_DAY:
        raise _too_many()
    record(ENTER, by, by=by, at=at)


def n_numbers_of(user: User, *, at: dt.datetime) -> int:
    """How many numbers the account has typed on the day of `at`."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    events = AuditEvent.objects.filter(at__gte=midnight, actor_id=user.pk, action__in=(FIND, ENTER))
    return events.count()


def _too_many() -> TooManyNumbersError:
    return TooManyNumbersError(
        _("今日手工查找和填写的身份证号已达 %(n)d 个，请次日再办理；人数较多的，请使用名册导入。")
        % {"n": MOST_NUMBERS_A_DAY}
    )
