"""A look is recorded once an account and day, and the day begins at midnight of the office."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.makers import make_unit, make_user

from secondment.audit.models import AuditEvent
from secondment.audit.services import record_look


def at(hour: int, minute: int = 0, day: int = 23) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("first", "second", "n"),
    [
        (at(0, 0), at(23, 59), 1),
        (at(0, 30), at(2, 0), 1),
        (at(23, 59), at(0, 0, day=24), 2),
        (at(23, 59), at(0, 30, day=24), 2),
    ],
)
def test_once_a_day(db, first, second, n) -> None:
    unit, user = make_unit(), make_user()
    for moment in (first, second):
        record_look("person.look_family", unit, by=user, at=moment)
    assert AuditEvent.objects.filter(action="person.look_family").count() == n
