"""How a person is reached: the own telephone number, and whom to call in an emergency."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.versions import lock_version
from secondment.people.models import Person
from secondment.people.queries import emergency_open_to
from secondment.people.rules import is_self
from secondment.people.services.changes import PersonChanges, fill
from secondment.people.services.history import column_changes, columns_of_record, keep_changes


@transaction.atomic
def correct_own_contacts(
    person: Person, values: Mapping[str, str], *, version: int | None, by: User, at: dt.datetime
) -> Person:
    """The person corrects the own number and emergency contact; the trail names the fields, never what is in them."""
    locked = lock_version(person, version=version)
    require(is_self(by, locked), _("只有本人可以在此修改联系方式。"))
    before = columns_of_record(locked)
    if changed := fill(locked, PersonChanges(values)):
        locked.save()
        keep_changes(locked, column_changes(before, columns_of_record(locked)), by=by, at=at)
        record("person.correct_contacts", locked, by=by, at=at, details={"fields": sorted(changed)})
    return locked


@transaction.atomic
def open_emergency(person: Person, *, by: User, at: dt.datetime) -> None:
    """Whom to call may be read now: every time is an event."""
    require(emergency_open_to(by).filter(pk=person.pk).exists())
    record("person.open_emergency", person, by=by, at=at)
