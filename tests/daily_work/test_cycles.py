"""Who owes what for which period by when, and in whose to-do it stands."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from tests.daily_work.scene import AT, OCTOBER, ON, SEPTEMBER, ask_for_records, make_scene
from tests.makers import make_programme_version, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.daily_work.services import Entry, Presence, confirm_presence
from secondment.jobs.daily import DAILY
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import Period, after_asked, period_ending, period_of, periods_between
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.placements.choices import Origin, PlacementState, TermChangeKind
from secondment.placements.models import Placement
from secondment.placements.services import Change, change_term

DAY = dt.timedelta(days=1)


def owed(kind: str = "presence_confirmation", **fields) -> list[tuple[dt.date | None, dt.date | None]]:
    rows = Obligation.objects.filter(kind=kind, **fields).order_by("period_ends_on")
    return list(rows.values_list("period_starts_on", "period_ends_on"))


def day(month: int, number: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, number)


@pytest.mark.parametrize(
    ("months", "starts_on", "ends_on", "label"),
    [
        (1, day(11, 1), day(12, 1), "2026年11月"),
        (3, day(10, 1), day(1, 1, 2027), "2026年第4季度"),
        (6, day(7, 1), day(1, 1, 2027), "2026-07至2026-12"),
        (2, day(11, 1), day(1, 1, 2027), "2026-11至2026-12"),
        (12, day(1, 1), day(1, 1, 2027), "2026年"),
    ],
)
def test_periods_are_whole_months_aligned_with_the_calendar(
    months: int, starts_on: dt.date, ends_on: dt.date, label: str
) -> None:
    for one in (starts_on, day(11, 29), ends_on - DAY):
        found = period_of(one, months)
        assert (found.starts_on, found.ends_on, found.label) == (starts_on, ends_on, label)
    assert period_ending(ends_on, months) == found
    assert found.last_day == ends_on - DAY


def test_no_quarter_ends_in_the_middle_of_one() -> None:
    assert period_ending(day(12, 1), 3) is None


def test_three_months_that_are_no_quarter_are_called_by_their_months() -> None:
    assert str(Period(day(11, 1), day(2, 1, 2027)).label) == "2026-11至2027-01"


def test_periods_of_a_term_are_those_that_share_a_day_with_it() -> None:
    assert list(periods_between(day(9, 30), day(11, 1), 1)) == [
        Period(day(9, 1), day(10, 1)),
        Period(day(10, 1), day(11, 1)),
    ]
    assert [one.ends_on for one in periods_between(day(9, 30), day(11, 2), 1)][-1] == day(12, 1)


def test_what_was_asked_for_is_not_asked_again_when_the_rhythm_changes() -> None:
    half = Period(day(7, 1), day(1, 1, 2027))
    quarter = Period(day(7, 1), day(10, 1))
    assert after_asked(half, [quarter]) == Period(day(10, 1), day(1, 1, 2027))
    assert after_asked(quarter, [half]) is None
    assert after_asked(quarter, [quarter]) is None
    assert after_asked(quarter, []) == quarter
    assert after_asked(quarter, [Period(day(10, 1), day(1, 1, 2027))]) == quarter


def test_a_month_is_asked_for_once_it_is_over_and_due_on_the_fifth(db: None) -> None:
    make_scene()
    ask_for_records(on=day(10, 31))
    assert owed()[-1] == (day(9, 1), SEPTEMBER)
    ask_for_records(on=OCTOBER)
    assert owed()[-1] == (day(10, 1), OCTOBER)
    row = Obligation.objects.get(kind="presence_confirmation", period_ends_on=OCTOBER)
    assert row.due_on == day(11, 5)
    assert row.title == "2026年10月在岗确认"
    assert row.path == "/daily/host/?until=2026-11-01"


def test_asking_again_asks_for_nothing_more(db: None) -> None:
    make_scene(2)
    assert ask_for_records(on=ON) > 0
    before = list(Obligation.objects.order_by("pk").values())
    assert ask_for_records(on=ON) == 0
    assert list(Obligation.objects.order_by("pk").values()) == before


def test_a_quarter_asks_host_for_a_report_and_home_for_a_notice(db: None) -> None:
    scene = make_scene()
    ask_for_records(on=ON)
    rows = Obligation.objects.filter(period_ends_on=SEPTEMBER).order_by("kind")
    host = scene.people[0].host_unit
    assert [(one.kind, one.unit, one.role, one.due_on) for one in rows] == [
        ("home_notice", scene.home, Role.HOME_UNIT, day(10, 10)),
        ("host_report", host, Role.HOST_UNIT, day(10, 10)),
        ("presence_confirmation", host, Role.HOST_UNIT, day(10, 5)),
    ]
    assert rows[0].creditor == scene.people[0].person.name
    assert {one.manager for one in rows} == {scene.root}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (day(9, 30), day(1, 1, 2028), [9, 10]),  # the first day of the term is the last of the month
        (day(10, 1), day(1, 1, 2028), [10]),
        (day(1, 5), day(10, 2), [8, 9, 10]),  # the last day of the term is the first of the month
        (day(1, 5), day(10, 1), [8, 9]),
    ],
)
def test_a_month_that_lies_outside_of_the_term_is_not_owed(
    db: None, starts_on: dt.date, ends_on: dt.date, months: list[int]
) -> None:
    scene = make_scene(0)
    scene.add(starts_on=starts_on, ends_on=ends_on)
    ask_for_records(on=OCTOBER)
    assert [start.month for start, _end in owed() if start] == months


def test_a_month_is_over_for_a_term_that_has_ended_in_it(db: None) -> None:
    scene = make_scene(0)
    scene.add(starts_on=day(9, 1), ends_on=day(10, 11), state=PlacementState.ENDED)
    ask_for_records(on=day(10, 10))
    assert owed() == [(day(9, 1), SEPTEMBER)]
    ask_for_records(on=day(10, 11))
    assert owed() == [(day(9, 1), SEPTEMBER), (day(10, 1), OCTOBER)]


@pytest.mark.parametrize(
    "state", [PlacementState.DECIDED, PlacementState.APPOINTED, PlacementState.CANCELLED]
)
def test_nothing_is_owed_for_somebody_who_never_came(db: None, state: PlacementState) -> None:
    scene = make_scene(0)
    scene.add(state=state)
    assert ask_for_records(on=ON) == 0


def test_nothing_is_owed_for_the_time_before_somebody_came(db: None) -> None:
    scene = make_scene(0)
    scene.add(reported_on=day(9, 3))
    ask_for_records(on=ON)
    assert owed() == [(day(9, 1), SEPTEMBER)]


@pytest.mark.parametrize(("recorded", "is_owed"), [(4, True), (5, True), (6, False)])
def test_nothing_falls_due_before_the_day_on_which_somebody_was_recorded(
    db: None, recorded: int, is_owed: bool
) -> None:
    scene = make_scene(0)
    scene.add(recorded_on=day(10, recorded))
    ask_for_records(on=day(10, recorded))
    assert owed() == ([(day(9, 1), SEPTEMBER)] if is_owed else [])
    assert len(owed("host_report")) == 1


def test_a_term_that_was_shortened_waives_what_lies_behind_it_and_one_reopened_owes_it_again(
    db: None,
) -> None:
    scene = make_scene()
    ask_for_records(on=OCTOBER)
    Placement.objects.update(ends_on=day(9, 15), state=PlacementState.ENDED)
    ask_for_records(on=day(11, 2))
    waived = Obligation.objects.get(kind="presence_confirmation", period_ends_on=OCTOBER)
    assert (waived.state, waived.closed_on) == (ObligationState.WAIVED, day(11, 2))
    assert Obligation.objects.get(kind="presence_confirmation", period_ends_on=SEPTEMBER).state == "open"
    Placement.objects.update(ends_on=scene.people[0].ends_on, state=PlacementState.IN_POST)
    ask_for_records(on=day(11, 3))
    waived.refresh_from_db()
    assert (waived.state, waived.closed_on) == (ObligationState.OPEN, None)


def test_a_recall_waives_at_once_what_lies_behind_it(db: None) -> None:
    scene = make_scene()
    ask_for_records(on=OCTOBER)
    change = Change(TermChangeKind.RECALLED, day(9, 15), "家庭困难", decided_on=OCTOBER)
    change_term(scene.people[0], change, by=scene.owner, on=OCTOBER, at=AT)
    states = Obligation.objects.filter(kind="presence_confirmation").order_by("period_ends_on")
    assert [one.state for one in states] == ["open", "open", "waived"]
    assert Obligation.objects.get(kind="host_report").state == "open"


def test_the_day_of_recording_is_taken_from_the_trail_once(db: None) -> None:
    scene = make_scene(2)
    Placement.objects.update(origin=Origin.RECORDED)
    record("placement.record", scene.people[0], by=scene.owner, at=AT)
    record("placement.record", scene.add(recorded_on=day(1, 9)), by=scene.owner, at=AT)
    import_module("secondment.placements.migrations.0013_recorded_days").take_from_trail(apps, None)
    days = Placement.objects.order_by("pk").values_list("recorded_on", flat=True)
    assert list(days) == [day(10, 8), None, day(1, 9)]


def test_a_cancelled_placement_owes_nothing_any_more(db: None) -> None:
    make_scene()
    ask_for_records(on=ON)
    Placement.objects.update(state=PlacementState.CANCELLED)
    ask_for_records(on=ON)
    assert set(Obligation.objects.values_list("state", flat=True)) == {ObligationState.WAIVED}


def test_a_changed_version_of_the_programme_changes_only_what_is_still_to_be_asked(db: None) -> None:
    make_scene()
    ask_for_records(on=ON)
    fields = [one.attname for one in Obligation._meta.fields if one.name != "escalated_on"]
    before = list(Obligation.objects.order_by("pk").values(*fields))
    changed = {"cycles": {"presence_day": 8, "host_report_months": 6, "report_day": 20}}
    Placement.objects.update(programme_version=make_programme_version(changed))
    ask_for_records(on=day(1, 2, 2027))
    assert (
        list(Obligation.objects.filter(pk__in=[one["id"] for one in before]).order_by("pk").values(*fields))
        == before
    )
    later = Obligation.objects.exclude(pk__in=[one["id"] for one in before])
    assert set(later.filter(kind="presence_confirmation").values_list("due_on", flat=True)) == {
        day(11, 8),
        day(12, 8),
        day(1, 8, 2027),
    }
    report = later.get(kind="host_report")
    assert (report.period_starts_on, report.period_ends_on) == (SEPTEMBER, day(1, 1, 2027))
    assert report.due_on == day(1, 20, 2027)


def test_what_no_cycle_asks_for_has_no_period(db: None) -> None:
    with pytest.raises(ValueError, match="owed for no period"):
        _ = Obligation(kind="nominate").period


def test_the_work_of_the_day_asks(db: None) -> None:
    make_scene()
    DAILY["obligations.bring_up_to_date"](on=ON, at=AT)
    assert len(owed()) == 3


def test_the_number_of_queries_does_not_grow_with_the_people(db: None, django_assert_num_queries) -> None:
    scene = make_scene(1)
    with django_assert_num_queries(8):
        ask_for_records(on=ON)
    for _at in range(8):  # more rows than fit into one statement would be two
        scene.add()
    with django_assert_num_queries(8):
        ask_for_records(on=ON)


# whose to-do


def lines_of(user: User, on: dt.date) -> list[tuple[str, str, str, str]]:
    return [(one.title, one.unit, one.state, one.path) for one in waiting_for(user, on)]


@pytest.mark.parametrize(("number", "state"), [(4, "还有 1 天"), (5, "今天到期"), (6, "逾期 1 天")])
def test_a_township_finds_one_line_for_all_its_villages(db: None, number: int, state: str) -> None:
    scene = make_scene(3, host_report_months=12)
    scene.add(1)
    on = day(11, number)
    for ends_on in (SEPTEMBER, day(9, 1)):
        confirm_presence(
            [Entry(one, Presence()) for one in scene.people], ends_on, by=scene.owner, on=on, at=AT
        )
    ask_for_records(on=on)
    clerk = scene.host_clerk()
    path = "/daily/host/?until=2026-11-01"
    lines = lines_of(clerk, on)
    asked = ("2026年10月在岗确认：3 人未报", "3 个单位", state, path)
    assert [one for one in lines if one[3].startswith("/daily/")] == [asked]
    assert count_waiting(clerk, on) == len(lines)


def test_what_an_office_without_an_account_owes_is_in_the_to_do_of_the_organisation_department(
    db: None,
) -> None:
    scene = make_scene(2)
    scene.add(1)
    ask_for_records(on=ON)
    titles = [one.title for one in waiting_for(scene.owner, ON)]
    assert "2026年9月在岗确认：3 人未报" in titles
    assert "2026年第3季度告知单：3 人未报" in titles
    clerk = scene.host_clerk(1)
    titles = [one.title for one in waiting_for(scene.owner, ON)]
    assert "2026年9月在岗确认：2 人未报" in titles
    assert "2026年第3季度告知单：3 人未报" in titles
    clerk.is_active = False
    clerk.save()
    assert "2026年9月在岗确认：3 人未报" in [one.title for one in waiting_for(scene.owner, ON)]
    scene.home_clerk()
    assert not any("告知单" in one.title for one in waiting_for(scene.owner, ON))
    assert len(waiting_for(scene.owner, ON)) == count_waiting(scene.owner, ON)


def test_other_offices_find_nothing_in_their_to_do(db: None) -> None:
    make_scene()
    ask_for_records(on=ON)
    for role in (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT, Role.SECONDEE):
        assert lines_of(make_user(role, make_unit()), ON) == []
