"""Files that leave the system with identity numbers or family: a reason first, then the trail."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record, record_export
from secondment.common.errors import require
from secondment.people.errors import TooManyError
from secondment.people.models import Person
from secondment.people.rules import (
    may_export_form,
    may_export_identities,
    may_export_list,
    may_import_into,
)
from secondment.people.services.protected import checked_reason
from secondment.units.models import Unit

MOST_FORMS = 5_000
MOST_SUPPLEMENTED = 5_000


@transaction.atomic
def allow_forms(
    people: Sequence[Person], *, kind: str, reason: str, by: User, at: dt.datetime
) -> Sequence[Person]:
    """Export complete appointment forms, each recorded with the reason."""
    reason = checked_reason(reason)
    if len(people) > MOST_FORMS:
        raise TooManyError(_("一次最多导出 %(n)d 人的任免表。请分批导出。") % {"n": MOST_FORMS})
    for person in people:
        require(may_export_form(by, person))
    for person in people:
        details = {"reason": reason, "kind": kind, "of": len(people)}
        record("person.export_form", person, by=by, at=at, details=details)
    return people


@transaction.atomic
def allow_identities(n: int, *, reason: str, filters: str, by: User, at: dt.datetime) -> None:
    """Let a list with identity numbers leave, on record with reason, filter and number of persons."""
    require(may_export_identities(by))
    details = {"reason": checked_reason(reason), "filters": filters, "rows": n}
    record("people.export_identities", by, by=by, at=at, details=details)


@transaction.atomic
def note_list_export(n: int, *, by: User, at: dt.datetime) -> None:
    """A list without identity numbers leaves: on record with the number of persons."""
    require(may_export_list(by))
    record_export("people.export_list", by, by=by, at=at, n=n)


@transaction.atomic
def allow_supplement(unit: Unit, n: int, *, by: User, at: dt.datetime) -> None:
    """Let the missing facts of a unit's people be asked for; the file holds no number in clear."""
    require(may_import_into(by, unit))
    if n > MOST_SUPPLEMENTED:
        raise TooManyError(
            _("一张补充信息表最多 %(n)d 人。请选择下级单位，分开导出。") % {"n": MOST_SUPPLEMENTED}
        )
    record_export("people.export_supplement", unit, by=by, at=at, n=n)
