"""Return, late return, cancelling: what the ledger says after each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.leave.scene import AT, ENDS_ON, ON, STARTS_ON, Scene, make_scene, when
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.common.errors import DomainError, NotAllowedError
from secondment.common.workdays import is_workday
from secondment.leave.choices import STANDING, EntryKind, LeaveState, LeaveType
from secondment.leave.drafts import Draft, term_of
from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.leave.presence import LATE, amounts_of
from secondment.leave.queries import current_step, returns_due
from secondment.leave.services import (
    LeaveStateError,
    ReturnError,
    WordsMissingError,
    ask_for_leave,
    cancel,
    decide,
    excuse,
    follow_term,
    register_return,
    undo_return,
    withdraw,
)
from secondment.leave.spans import HalfDay, Span
from secondment.notices.models import Notice
from secondment.obligations.waiting import waiting_for
from secondment.placements.choices import PlacementState


def entries() -> list[tuple[str, int]]:
    return [(one.kind, one.half_days) for one in LeaveEntry.objects.order_by("pk")]


def told_to(user: User) -> list[str]:
    return [one.title for one in Notice.objects.filter(recipient=user).order_by("pk")]


def balance() -> int:
    return sum(one.half_days for one in LeaveEntry.objects.all())


def test_back_when_the_leave_is_over(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03", "2026-11-05"), "2026-11-06")
    assert (row.state, row.late.is_empty) == (LeaveState.RETURNED, True)
    assert entries() == [("granted", 6)]


def test_over_a_weekend_nobody_is_late(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-05", "2026-11-06"), "2026-11-09")
    assert row.late.is_empty
    assert entries() == [("granted", 4)]


def test_back_early(scene: Scene) -> None:
    scene.back(scene.granted("2026-11-03", "2026-11-05"), "2026-11-04pm")
    assert entries() == [("granted", 6), ("early", -3)]
    assert LeaveEntry.objects.get(kind="early").reverses.kind == "granted"


def test_back_late_over_the_end_of_a_month(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-26", "2026-11-27"), "2026-12-02pm")
    assert entries() == [("granted", 4), ("late", 2), ("late", 3)]
    assert {one.month for one in LeaveEntry.objects.filter(kind="late")} == {
        dt.date(2026, 11, 1),
        dt.date(2026, 12, 1),
    }
    assert (row.due_back, row.late.n_half_days) == (when("2026-11-30"), 5)


def test_late_for_a_good_reason(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03"), "2026-11-06")
    with pytest.raises(WordsMissingError):
        excuse(row, words="", by=scene.host, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        excuse(row, words="住院", by=scene.person, on=ON, at=AT)
    with pytest.raises(NotAllowedError):
        excuse(row, words="住院", by=make_user(Role.HOME_UNIT, scene.home), on=ON, at=AT)
    excuse(row, words="突发疾病住院", by=scene.host, on=ON, at=AT)
    assert entries() == [("granted", 2), ("late", 4), ("reversed", -4), ("excused", 4)]
    with pytest.raises(LeaveStateError):
        excuse(row, words="再来", by=scene.host, on=ON, at=AT)


def test_who_was_on_time_needs_no_excuse(scene: Scene) -> None:
    with pytest.raises(LeaveStateError):
        excuse(scene.back(scene.granted("2026-11-03"), "2026-11-04"), words="无", by=scene.host, on=ON, at=AT)


def test_nobody_excuses_themselves(scene: Scene) -> None:
    RoleAssignment.objects.create(user=scene.person, role=Role.HOST_UNIT, unit=scene.township)
    row = scene.back(scene.granted("2026-11-03"), "2026-11-06")
    with pytest.raises(NotAllowedError):
        excuse(row, words="住院", by=scene.person, on=ON, at=AT)


def test_a_return_typed_wrong_is_taken_back(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03", "2026-11-05"), "2026-11-10")
    excuse(row, words="住院", by=scene.host, on=ON, at=AT)
    row = undo_return(row, by=scene.host, on=ON, at=AT)
    assert (row.state, row.back, row.late_excused, balance()) == (LeaveState.GRANTED, None, "", 6)
    scene.back(row, "2026-11-05")
    assert balance() == 4
    with pytest.raises(LeaveStateError):
        register_return(row, back=when("2026-11-05"), by=scene.host, on=dt.date(2026, 11, 5), at=AT)


def test_undoing_a_return_in_time_writes_nothing(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03"), "2026-11-04")
    undo_return(row, by=scene.person, on=ON, at=AT)
    assert entries() == [("granted", 2)]


def test_nobody_takes_their_own_late_return_back(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03"), "2026-11-06")
    with pytest.raises(NotAllowedError, match="已记逾期"):
        undo_return(row, by=scene.person, on=ON, at=AT)
    assert undo_return(row, by=scene.host, on=ON, at=AT).state == LeaveState.GRANTED


def test_a_return_is_not_taken_back_over_leave_asked_for_since(scene: Scene) -> None:
    row = scene.back(scene.granted("2026-11-03", "2026-11-06"), "2026-11-04pm")
    other = scene.granted("2026-11-06", type=LeaveType.SICK)
    with pytest.raises(LeaveStateError, match="空出的时间又请了假（2026-11-06）"):
        undo_return(row, by=scene.host, on=ON, at=AT)
    assert balance() == 3 + 2
    cancel(other, words="改期", by=scene.host, on=ON, at=AT)
    undo_return(row, by=scene.host, on=ON, at=AT)
    assert balance() == 8


@pytest.mark.parametrize(("back", "late"), [("2026-11-10", 8), ("2026-11-10pm", None), ("2026-11-12", None)])
def test_nobody_is_late_on_days_of_their_next_leave(scene: Scene, back: str, late: int | None) -> None:
    row = scene.granted("2026-11-03")
    scene.granted("2026-11-10", "2026-11-11")
    if late is None:
        with pytest.raises(ReturnError, match="至迟填到2026-11-10上午"):
            scene.back(row, back)
    else:
        scene.back(row, back)
        assert entries() == [("granted", 2), ("granted", 4), ("late", late)]


def test_days_of_a_return(scene: Scene) -> None:
    row = scene.granted("2026-11-03", "2026-11-05")
    with pytest.raises(ReturnError, match="还没有到"):
        scene.back(row, "2026-11-06", on=dt.date(2026, 11, 5))
    with pytest.raises(ReturnError, match="没有休假的，请撤销"):
        scene.back(row, "2026-11-03", on=dt.date(2026, 11, 6))
    assert scene.back(row, "2026-11-03pm", on=dt.date(2026, 11, 6)).state == LeaveState.RETURNED


def test_strangers_register_no_return(scene: Scene) -> None:
    row = scene.granted("2026-11-03")
    with pytest.raises(NotAllowedError):
        register_return(
            row,
            back=when("2026-11-04"),
            by=make_user(Role.HOME_UNIT, scene.home),
            on=dt.date(2026, 11, 4),
            at=AT,
        )


def test_cancelling(scene: Scene) -> None:
    row = scene.granted("2026-11-03", "2026-12-03")
    with pytest.raises(WordsMissingError):
        cancel(row, words=" ", by=scene.person, on=ON, at=AT)
    with pytest.raises(NotAllowedError, match="请假开始以后"):
        cancel(row, words="改期", by=scene.person, on=dt.date(2026, 11, 3), at=AT)
    cancel(row, words="改期", by=scene.person, on=ON, at=AT)
    assert told_to(scene.person) == ["张三的请假已批准"]
    assert balance() == 0
    assert [one.kind for one in LeaveEntry.objects.all()] == ["granted", "granted", "reversed", "reversed"]
    assert scene.ask("2026-11-03").pk


def test_the_host_cancels_at_any_time_but_not_their_own(scene: Scene) -> None:
    cancel(scene.granted("2026-11-03"), words="没有休", by=scene.host, on=dt.date(2026, 11, 5), at=AT)
    assert told_to(scene.person)[-1] == "张三的请假已撤销：2026-11-03"
    RoleAssignment.objects.create(user=scene.person, role=Role.HOST_UNIT, unit=scene.township)
    with pytest.raises(NotAllowedError):
        cancel(scene.granted("2026-11-04"), words="没有休", by=scene.person, on=dt.date(2026, 11, 5), at=AT)


def test_only_what_is_asked_is_withdrawn(scene: Scene) -> None:
    row = scene.ask("2026-11-03")
    with pytest.raises(NotAllowedError):
        withdraw(row, by=scene.local, at=AT)
    withdraw(row, by=scene.person, at=AT)
    with pytest.raises(LeaveStateError, match="已撤回"):
        withdraw(row, by=scene.person, at=AT)
    with pytest.raises(LeaveStateError):
        cancel(row, words="改期", by=scene.host, on=ON, at=AT)


def test_a_return_is_asked_of_the_host_and_never_of_the_person(scene: Scene) -> None:
    scene.granted("2026-11-05", "2026-11-06")
    days = [dt.date(2026, 11, 6), dt.date(2026, 11, 7)]
    assert [returns_due(scene.host, day).count() for day in days] == [0, 1]
    assert not returns_due(scene.person, days[1]).exists()
    assert not returns_due(scene.owner, days[1]).exists()
    line = next(one for one in waiting_for(scene.host, days[1]) if "销假" in one.title)
    assert (line.title, line.due_on) == ("张三请假期满，请销假", dt.date(2026, 11, 9))
    RoleAssignment.objects.filter(user=scene.host).delete()
    assert returns_due(scene.owner, days[1]).count() == 1


def changed(scene: Scene, ends_on: dt.date) -> None:
    scene.placement.ends_on = ends_on
    scene.placement.save()
    follow_term(scene.placement, on=ON)


def test_the_ledger_follows_the_term_and_comes_back_with_it(scene: Scene) -> None:
    row = scene.granted("2026-11-03", "2026-11-10")
    assert balance() == 12
    changed(scene, dt.date(2026, 11, 5))
    assert balance() == 4
    changed(scene, dt.date(2026, 11, 5))
    assert LeaveEntry.objects.count() == 3
    changed(scene, ENDS_ON)
    assert balance() == 12
    row.refresh_from_db()
    assert row.state == LeaveState.GRANTED


def test_leave_beyond_the_term_is_closed(scene: Scene) -> None:
    granted, asked = scene.granted("2026-11-10"), scene.ask("2026-11-12")
    back = scene.back(scene.granted("2026-11-03"), "2026-11-04")
    changed(scene, dt.date(2026, 11, 10))
    states = [LeaveRequest.objects.get(pk=one.pk).state for one in (granted, asked, back)]
    assert states == [LeaveState.CANCELLED, LeaveState.WITHDRAWN, LeaveState.RETURNED]
    assert told_to(scene.person)[-2:] == ["张三的请假已撤销：2026-11-12", "张三的请假已撤销：2026-11-10"]
    assert balance() == 2


def test_late_days_end_with_the_term(scene: Scene) -> None:
    row = scene.granted("2026-11-03")
    scene.placement.ends_on, scene.placement.state = dt.date(2026, 11, 6), PlacementState.IN_POST
    scene.placement.save()
    scene.back(row, "2026-11-20")
    assert entries() == [("granted", 2), ("late", 4)]


# -- any order of events, the same balance ------------------------------------------------------------------------

FIRST = dt.date(2026, 9, 28)
days = st.integers(0, 50).map(lambda n: FIRST + dt.timedelta(days=n))
half_days = st.builds(HalfDay, days, st.booleans())
spans = st.builds(lambda start, n: Span(start, start.after(n)), half_days, st.integers(1, 24))
events = st.lists(
    st.tuples(
        st.sampled_from(["ask", "grant", "refuse", "back", "undo", "excuse", "cancel", "term"]),
        st.integers(0, 5),
        spans,
    ),
    max_size=14,
)
LATE_ON = dt.date(2027, 1, 31)


def oracle(rows: list[LeaveRequest], term: Span) -> dict[tuple[dt.date, bool], int]:
    """Brute force: every half-day of work between leaving and coming back, by month, and whether it was late."""
    found: dict[tuple[dt.date, bool], int] = defaultdict(int)
    for row in rows:
        if row.state not in (LeaveState.GRANTED, LeaveState.RETURNED):
            continue
        at = row.span.starts
        while at < (row.back or row.span.ends):
            is_late = at >= row.span.ends and not row.late_excused
            if is_workday(at.day) and term.starts <= at < term.ends:
                found[at.day.replace(day=1), is_late] += 1
            at = at.after(1)
    return dict(found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events)
def test_the_ledger_equals_a_count_half_day_by_half_day(db: None, given_events: list) -> None:
    with transaction.atomic():
        scene = make_scene()
        run(scene, given_events)
        check(scene)
        transaction.set_rollback(True)


def run(scene: Scene, given_events: list) -> None:
    for name, number, span in given_events:
        rows = list(LeaveRequest.objects.filter(placement=scene.placement).order_by("pk"))
        row = rows[number % len(rows)] if rows else None
        with or_refused():
            act(scene, name, row, span)


def act(scene: Scene, name: str, row: LeaveRequest | None, span: Span) -> None:
    if name == "ask":
        draft = Draft(scene.placement, LeaveType.ANNUAL, span)
        scene.grant(ask_for_leave(draft, by=scene.person, on=ON, at=AT).request)
    elif name == "term":
        ends_on = ENDS_ON if span.starts.is_pm else span.ends.day
        changed(scene, max(ends_on, STARTS_ON + dt.timedelta(days=1)))
    elif row is None:
        return
    elif name in ("grant", "refuse"):
        step = current_step(row)
        if step is not None:
            decide(step, grants=name == "grant", words="好", by=scene.host, on=ON, at=AT)
    elif name == "back":
        register_return(row, back=span.ends, by=scene.host, on=LATE_ON, at=AT)
    elif name == "undo":
        undo_return(row, by=scene.host, on=LATE_ON, at=AT)
    elif name == "excuse":
        excuse(row, words="住院", by=scene.host, on=LATE_ON, at=AT)
    else:
        cancel(row, words="改期", by=scene.host, on=LATE_ON, at=AT)


def check(scene: Scene) -> None:
    scene.placement.refresh_from_db()
    rows = list(LeaveRequest.objects.filter(placement=scene.placement))
    told = oracle(rows, term_of(scene.placement))
    amounts = amounts_of([scene.placement.pk], STARTS_ON.replace(day=1), ENDS_ON)
    written = {
        (month, kind == LATE): n
        for (_pk, month), by_kind in amounts.items()
        for kind, n in by_kind.items()
        if n
    }
    assert written == told
    standing = [one.taken for one in rows if one.state in STANDING]
    assert not any(one.shared(other).n_working for one, other in combinations(standing, 2))
    assert all(one.half_days > 0 for one in LeaveEntry.objects.filter(kind=EntryKind.GRANTED))


@contextmanager
def or_refused() -> Iterator[None]:
    """An act, all of it or nothing where a rule refuses."""
    try:
        with transaction.atomic():
            yield
    except DomainError:
        pass


def test_the_order_of_independent_events_changes_nothing(db: None) -> None:
    totals = set()
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        scene = make_scene()
        acts = [
            lambda scene=scene: scene.back(scene.granted("2026-11-03", "2026-11-05"), "2026-11-04"),
            lambda scene=scene: scene.back(scene.granted("2026-11-16", "2026-11-17"), "2026-11-20"),
            lambda scene=scene: scene.granted("2026-11-25", "2026-12-04"),
        ]
        for number in order:
            acts[number]()
        rows = LeaveEntry.objects.filter(placement=scene.placement)
        totals.add((sum(one.half_days for one in rows), rows.count()))
    assert totals == {(2 + 4 + 4 + 16, 6)}
