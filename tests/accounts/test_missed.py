"""Asking for objects of others leaves a trail: one event for an account and hour, with how many."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.makers import AT, make_person, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.missed import count_missed, record_missed
from secondment.accounts.models import MissedPages, User
from secondment.audit.models import AuditEvent
from secondment.portal.tasks import end_the_day

HOUR = AT.replace(minute=0)


@pytest.fixture
def clerk(db: None) -> User:
    return make_user(Role.HOME_UNIT, make_unit("示例厅"))


def recorded() -> list[dict[str, object]]:
    return list(
        AuditEvent.objects.filter(action="account.miss").order_by("pk").values_list("details", flat=True)
    )


def test_an_hour_is_one_event_with_the_count(clerk: User) -> None:
    for minute in (0, 59):
        count_missed(clerk, page=f"/people/{minute}/", at=HOUR + dt.timedelta(minutes=minute))
    assert record_missed(at=HOUR + dt.timedelta(minutes=59, seconds=59)) == 0
    assert record_missed(at=HOUR + dt.timedelta(hours=1)) == 1
    assert recorded() == [{"n": 2, "page": "/people/0/", "hour": "2026-11-23 17:00"}]
    assert not MissedPages.objects.exists()


def test_the_next_hour_and_another_account_are_events_of_their_own(clerk: User) -> None:
    other = make_user(Role.HOME_UNIT)
    count_missed(clerk, page="/people/1/", at=HOUR)
    count_missed(other, page="/people/2/", at=HOUR)
    count_missed(clerk, page="/people/3/", at=HOUR + dt.timedelta(hours=1))
    assert [one["page"] for one in recorded()] == ["/people/1/", "/people/2/"]
    assert [(one.user, one.n) for one in MissedPages.objects.all()] == [(clerk, 1)]


def test_pages_of_others_are_counted_and_mistyped_addresses_are_not(clerk: User, signed_in) -> None:
    client: Client = signed_in(clerk)
    person = make_person()
    for _ in range(3):
        assert client.get(f"/people/{person.pk}/").status_code == 404
    assert client.get("/people/999999/").status_code == 404
    assert client.get("/no-such-page/").status_code == 404
    assert [(one.user, one.n) for one in MissedPages.objects.all()] == [(clerk, 4)]
    assert Client().get(f"/people/{person.pk}/").status_code == 302


def test_the_day_ends_with_what_was_missed_and_without_ended_sessions(clerk: User) -> None:
    count_missed(clerk, page="/people/1/", at=HOUR)
    for key, ends in (("old", AT), ("new", AT + dt.timedelta(seconds=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    end_the_day(on=AT.date(), at=AT)
    assert [one.session_key for one in Session.objects.all()] == ["new"]
    end_the_day(on=AT.date(), at=AT + dt.timedelta(hours=1))
    assert len(recorded()) == 1


def test_the_auditor_reads_what_is_over(clerk: User, signed_in) -> None:
    count_missed(clerk, page="/people/1/", at=HOUR)
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, make_unit())
    page = signed_in(auditor).get("/audit/").content.decode()
    assert len(recorded()) == 1
    assert page
