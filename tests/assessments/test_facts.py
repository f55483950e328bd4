"""Days of the year, who assesses, what is barred, and what has changed since."""

import datetime as dt

import pytest

from secondment.assessments.choices import PoolKind, Side
from secondment.assessments.facts import facts_of, host_workdays, main_placements, pool_kind, workdays_of
from secondment.assessments.limits import barring, known, told
from secondment.assessments.models import Evaluation
from secondment.leave.presence import days_due
from secondment.people.choices import Category, PenaltyKind
from secondment.people.models import Penalty
from secondment.people.sections import Section
from secondment.placements.choices import PlacementState
from tests.assessments.conftest import YEAR, Scene
from tests.makers import make_person, make_programme_version

N_2025 = 248  # as announced by the State Council for 2025


def rules(**settings) -> dict:
    """Parameters of a programme in which some rules are set differently."""
    mode = {"basis": "本单位规定", "is_confirmed": True}
    return {"rules": {code: {"mode": "block", **mode, **setting} for code, setting in settings.items()}}


def test_the_working_days_of_a_year_are_those_announced() -> None:
    assert len(workdays_of(2025)) == N_2025


@pytest.mark.parametrize(
    ("first", "last_day", "n"),
    [
        (dt.date(2024, 1, 1), dt.date(2026, 12, 31), N_2025),
        (dt.date(2025, 12, 31), dt.date(2026, 12, 31), 1),
        (dt.date(2024, 1, 1), dt.date(2025, 1, 2), 1),  # New Year's Day is free
        (dt.date(2024, 1, 1), dt.date(2024, 12, 31), 0),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31), 0),
    ],
)
def test_days_at_the_host_unit_are_those_within_the_year(
    scene: Scene, first: dt.date, last_day: dt.date, n: int
) -> None:
    placement = scene.add(starts_on=first, ends_on=last_day + dt.timedelta(days=1))
    assert host_workdays(placement, YEAR) == n


def test_days_begin_with_the_arrival_and_only_of_people_who_went(scene: Scene) -> None:
    placement = scene.add(reported_on=dt.date(2025, 12, 31))
    assert host_workdays(placement, YEAR) == 1
    placement.state = PlacementState.APPOINTED
    assert host_workdays(placement, YEAR) == 0


@pytest.mark.parametrize("reported_on", [dt.date(2025, 6, 30), dt.date(2025, 7, 1), dt.date(2025, 7, 2)])
def test_the_ledger_of_leave_counts_the_same_days(scene: Scene, reported_on: dt.date) -> None:
    placement = scene.add(starts_on=dt.date(2025, 7, 1), reported_on=reported_on)
    n = {dt.date(2025, 7, 2): 127}.get(reported_on, 128)  # who came a day early was due from the first day
    assert host_workdays(placement, YEAR) == n
    assert days_due(placement, dt.date(YEAR, 1, 1), dt.date(YEAR + 1, 1, 1)) == n


@pytest.mark.parametrize(("n_days", "side"), [(123, Side.HOME), (124, Side.HOST), (125, Side.HOST)])
def test_who_had_the_person_for_half_of_the_year_assesses(scene: Scene, n_days: int, side: Side) -> None:
    first = dt.date.fromordinal(workdays_of(YEAR)[-n_days])
    placement = scene.add(starts_on=first)
    facts = facts_of(placement, YEAR, leave_workdays=None)
    assert (facts.host_workdays, facts.side) == (n_days, side)


@pytest.mark.parametrize(("n_days", "side"), [(148, Side.HOME), (149, Side.HOST)])
def test_the_share_of_the_year_is_the_programmes(scene: Scene, n_days: int, side: Side) -> None:
    values = {"assessing_party": "longer_side", "host_share": 60}  # of 248 working days: 148.8
    version = make_programme_version(rules(H15={"values": values}))
    placement = scene.add(
        starts_on=dt.date.fromordinal(workdays_of(YEAR)[-n_days]), programme_version=version
    )
    assert facts_of(placement, YEAR, leave_workdays=None).side == side


def test_a_programme_may_leave_it_to_the_home_unit(scene: Scene) -> None:
    version = make_programme_version(rules(H15={"values": {"assessing_party": "home"}}))
    placement = scene.add(programme_version=version)
    assert facts_of(placement, YEAR, leave_workdays=None).side == Side.HOME


def limits(scene: Scene, leave: int | None = None, **person) -> tuple[str, ...]:
    placement = scene.add(make_person(scene.home, **person))
    return facts_of(placement, YEAR, leave_workdays=leave).limits


@pytest.mark.parametrize(("leave", "found"), [(None, ()), (124, ()), (125, ("leave",))])
def test_leave_of_more_than_half_of_the_year_leaves_no_grade(
    scene: Scene, leave: int | None, found: tuple[str, ...]
) -> None:
    assert limits(scene, leave) == found


@pytest.mark.parametrize(
    ("started", "found"),
    [
        (dt.date(2024, 12, 31), ()),
        (dt.date(2025, 1, 1), ("probation",)),
        (dt.date(2025, 12, 31), ("probation",)),
        (dt.date(2026, 1, 1), ()),
        (None, ()),
    ],
)
def test_the_first_year_of_work_is_perhaps_probation(
    scene: Scene, started: dt.date | None, found: tuple[str, ...]
) -> None:
    assert limits(scene, started_work_on=started) == found


def test_an_open_investigation_leaves_neither_comment_nor_grade(scene: Scene) -> None:
    assert limits(scene, is_under_investigation=True) == ("investigation",)


@pytest.mark.parametrize(
    ("kind", "first", "months", "found"),
    [
        (PenaltyKind.WARNING, dt.date(2024, 12, 31), 6, ()),
        (PenaltyKind.WARNING, dt.date(2025, 1, 1), 6, ("warning",)),
        (PenaltyKind.WARNING, dt.date(2025, 12, 31), 6, ("warning",)),
        (PenaltyKind.WARNING, dt.date(2026, 1, 1), 6, ()),
        (PenaltyKind.DEMERIT, dt.date(2024, 12, 31), 12, ()),  # over on the last day of the year
        (PenaltyKind.DEMERIT, dt.date(2025, 1, 1), 12, ("penalty",)),
        (PenaltyKind.DEMERIT, dt.date(2025, 12, 31), 12, ("penalty",)),
        (PenaltyKind.REMOVAL, dt.date(2026, 1, 1), 24, ()),
    ],
)
def test_penalties_bar_by_kind_and_day(
    scene: Scene, kind: PenaltyKind, first: dt.date, months: int, found: tuple[str, ...]
) -> None:
    person = make_person(scene.home)
    years = months // 12
    ends_on = first.replace(year=first.year + years) if years else first + dt.timedelta(days=182)
    Penalty.objects.create(person=person, kind=kind, starts_on=first, ends_on=ends_on)
    placement = scene.add(person)
    assert facts_of(placement, YEAR, leave_workdays=None).limits == found


def test_a_programme_that_switches_the_rule_off_bars_nothing(scene: Scene) -> None:
    version = make_programme_version(rules(H16={"mode": "off", "values": {"leave_share": 50}}))
    placement = scene.add(make_person(scene.home, is_under_investigation=True), programme_version=version)
    assert facts_of(placement, YEAR, leave_workdays=200).limits == ()


@pytest.mark.parametrize(
    ("codes", "grade", "barred_by"),
    [
        ((), "excellent", None),
        (("warning",), "excellent", "warning"),
        (("warning",), "competent", None),
        (("leave",), "competent", "leave"),
        (("leave",), "none", None),
        (("warning", "penalty"), "competent", "penalty"),
    ],
)
def test_what_bars_which_grade(codes: tuple[str, ...], grade: str, barred_by: str | None) -> None:
    found = barring(codes, grade)
    assert (found.code if found else None) == barred_by


def test_limits_are_told_to_those_who_may_know() -> None:
    assert [one.code for one in known(["leave", "warning"], frozenset())] == ["leave"]
    assert [one.code for one in known(["leave", "warning"], frozenset({Section.PENALTIES}))] == [
        "leave",
        "warning",
    ]
    assert told(known(["leave"], frozenset())[0]) == "不定等次：病、事假累计超过规定期限"


@pytest.mark.parametrize(
    ("category", "rank", "kind"),
    [
        (Category.PARTY_GOVERNMENT, "142", PoolKind.LEADER),
        (Category.PARTY_GOVERNMENT, "150", PoolKind.CIVIL),
        (Category.PARTY_GOVERNMENT, "", PoolKind.CIVIL),
        (Category.SPECIALIST, "131", PoolKind.SPECIALIST),
        (Category.ENTERPRISE, "", PoolKind.ENTERPRISE),
    ],
)
def test_among_whom_somebody_is_counted(scene: Scene, category: Category, rank: str, kind: PoolKind) -> None:
    assert pool_kind(make_person(scene.home, category=category, rank=rank)) == kind


def test_of_two_placements_in_a_year_the_longer_one_counts_and_the_later_of_equals(scene: Scene) -> None:
    person = make_person(scene.home)
    week = {"starts_on": dt.date(2025, 1, 6), "ends_on": dt.date(2025, 1, 11)}
    early = scene.add(person, **week, state=PlacementState.ENDED)
    late = scene.add(person, starts_on=dt.date(2025, 3, 3), ends_on=dt.date(2025, 3, 8))
    assert main_placements([early, late], YEAR) == [late]
    assert main_placements([late, early], YEAR) == [late]
    early.ends_on = dt.date(2025, 1, 14)
    assert main_placements([late, early], YEAR) == [early]


def test_people_recorded_without_birth_sex_or_campaign_are_in_the_register(scene: Scene) -> None:
    person = make_person(scene.home, sex="", born_on=None, started_work_on=None, rank="")
    placement = scene.add(person)
    placement.campaign = None
    placement.save()
    scene.open()
    assert Evaluation.objects.get(person=person).assessing_side == Side.HOST
