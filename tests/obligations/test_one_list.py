"""One list: home page, bell, to-do page, month and calendar feed show the same number."""

import datetime as dt

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from tests.daily_work.scene import AT, Scene, make_scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.obligations.calendar_files import Event, calendar_file
from secondment.obligations.feeds import address_of, feed_by
from secondment.obligations.models import CalendarFeed
from secondment.obligations.services import Owed, bring_up_to_date, make_feed, owe, revoke_feed
from secondment.obligations.view_models import events_of, month_of
from secondment.obligations.waiting import Waiting, count_waiting, waiting_for
from secondment.portal.homes.todo import todo_parts

DAYS = (dt.date(2026, 10, 8), dt.date(2026, 10, 12), dt.date(2027, 1, 4))


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene(3)
    made.add(1)
    return made


def accounts(scene: Scene) -> dict[str, User]:
    """Twelve accounts: every role, and offices of either side above and below one another."""
    found = {role.value: make_user(role, scene.root) for role in Role}
    found["township"] = scene.host_clerk()
    found["home"] = scene.home_clerk()
    found["county"] = make_user(Role.ORGANISATION_DEPARTMENT, scene.county)
    secondee = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = secondee
    person.save()
    owe(
        scene.people[0],
        Owed("own", "报到", scene.home, Role.SECONDEE, "示例镇", DAYS[0], "/", account=secondee),
    )
    found[Role.SECONDEE.value] = secondee
    return found


def test_twelve_accounts_find_the_same_number_everywhere_on_three_days(scene: Scene) -> None:
    users = accounts(scene)
    assert len(users) == 12
    most = 0
    for on in DAYS:
        bring_up_to_date(on=on)
        for name, user in users.items():
            lines = waiting_for(user, on)
            figure, _panel = todo_parts(user, on)
            month = month_of(lines, on.replace(day=1), on)
            on_days = sum(len(day.lines) for week in month.weeks for day in week)
            in_month = len(month.late) + on_days + month.n_later + len(month.undated)
            calendar = icalendar.Calendar.from_ical(calendar_file("待办", events_of(lines, on), AT))
            numbers = (
                len(lines),
                count_waiting(user, on),
                figure.value,
                in_month,
                len(calendar.walk("VEVENT")),
            )
            assert set(numbers) == {len(lines)}, (name, on, numbers)
            most = max(most, len(lines))
    assert most > 3


def test_an_independent_reader_finds_every_event_as_it_was_written() -> None:
    long = "情况报告，逗号;分号\\反斜杠" * 12
    events = [
        Event("a", dt.date(2026, 12, 31), long, "第一行\n第二行"),
        Event("b", dt.date(2026, 1, 1), "短"),
    ]
    content = calendar_file("我的待办", events, AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
    calendar = icalendar.Calendar.from_ical(content)
    assert str(calendar["X-WR-CALNAME"]) == "我的待办"
    first, second = calendar.walk("VEVENT")
    assert (str(first["SUMMARY"]), str(first["DESCRIPTION"])) == (long, "第一行\n第二行")
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (
        dt.date(2026, 12, 31),
        dt.date(2027, 1, 1),
    )
    assert first.decoded("DTSTAMP") == AT
    assert (str(second["UID"]), "DESCRIPTION" in second) == ("b@secondment", False)


def test_what_is_late_or_has_no_day_stands_on_today() -> None:
    on = DAYS[0]
    lines = [
        Waiting("晚了", "/a/", "县", due_on=on - dt.timedelta(days=3), state="逾期 3 天"),
        Waiting("没有期限", "/b/", ""),
        Waiting("以后", "/c/", "县", due_on=on + dt.timedelta(days=3)),
        Waiting("以后", "/c/", "县", due_on=on + dt.timedelta(days=3)),
    ]
    events = list(events_of(lines, on))
    assert [one.day for one in events] == [on, on, on + dt.timedelta(days=3), on + dt.timedelta(days=3)]
    assert events[0].text == "县\n逾期 3 天"
    assert len({one.key for one in events}) == 4


def test_a_calendar_program_reads_by_its_address_without_signing_in(scene: Scene, client: Client) -> None:
    user = scene.host_clerk()
    address = address_of(make_feed(by=user, at=AT))
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Cache-Control"] == "private, no-store"
    icalendar.Calendar.from_ical(answer.content)


def test_a_fresh_address_a_revoked_one_and_a_disabled_account_end_it(scene: Scene, client: Client) -> None:
    user = scene.host_clerk()
    first = address_of(make_feed(by=user, at=AT))
    second = address_of(make_feed(by=user, at=AT))
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    user.is_active = False
    user.save()
    assert client.get(second).status_code == 404
    user.is_active = True
    user.save()
    assert revoke_feed(by=user, at=AT) == 1
    assert client.get(second).status_code == 404
    assert revoke_feed(by=user, at=AT) == 0
    actions = AuditEvent.objects.filter(action__startswith="calendar_feed").values_list("action", flat=True)
    assert sorted(actions) == ["calendar_feed.make", "calendar_feed.make", "calendar_feed.revoke"]


@pytest.mark.parametrize("token", ["x", "1-a~x", "~", "x-y~z"])
def test_a_token_that_was_not_made_here_opens_nothing(scene: Scene, token: str) -> None:
    make_feed(by=scene.owner, at=AT)
    assert feed_by(token) is None


def test_the_page_makes_and_ends_the_address(scene: Scene, signed_in) -> None:
    client = signed_in(scene.host_clerk())
    page = reverse("obligations:calendar_feed")
    assert "生成日历地址" in text_of(client.get(page))
    assert "/todo/calendar/" in text_of(client.post(reverse("obligations:calendar_feed_make"), follow=True))
    client.post(reverse("obligations:calendar_feed_revoke"))
    assert not CalendarFeed.objects.exists()


def test_the_month_page_shows_the_days_of_its_month(scene: Scene, signed_in) -> None:
    client = signed_in(scene.owner)
    page = reverse("obligations:todo_month")
    assert "2026-11" in text_of(client.get(page)) or client.get(page).status_code == 200
    assert client.get(page, {"month": "2025-02"}).status_code == 200
    assert client.get(page, {"month": "错"}).status_code == 200


def test_weeks_begin_on_monday_and_hold_the_whole_month() -> None:
    on = dt.date(2026, 11, 30)
    month = month_of([Waiting("事", "/", "县", due_on=on)], dt.date(2026, 11, 1), on)
    days = [day for week in month.weeks for day in week]
    assert (days[0].day, days[-1].day) == (dt.date(2026, 10, 26), dt.date(2026, 12, 6))
    assert sum(day.is_here for day in days) == 30
    assert [day.day for day in month.days] == [on]
    assert [day.day for day in days if day.is_today] == [on]
    assert (month.before, month.after, month.is_certain) == ("2026-10", "2026-12", True)
    assert not month_of([], dt.date(2027, 12, 1), on).is_certain
    assert month_of([], dt.date(2027, 12, 1), on).after == "2028-01"
