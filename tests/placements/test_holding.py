"""Notices go out and people begin only while what was decided still holds; each reason by name, to the day."""

import datetime as dt

import pytest
from tests.campaigns.test_holding import stay
from tests.makers import AT, make_unit
from tests.placements.conftest import Scene

from secondment.campaigns.lapses import LapsedError, LapseKind
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.services.arrival import confirm_report, start_placement
from secondment.placements.services.holding import lapses_of
from secondment.placements.services.issuing import Issue, issue_notices
from secondment.posts.models import Post
from secondment.units.models import Unit

ON = dt.date(2026, 12, 1)
ONE_DAY = dt.timedelta(days=1)
ISSUE = Issue("示组挂", report_by=dt.date(2026, 12, 10))


def person_is(state: str):
    return lambda scene: Person.objects.filter(pk=scene.first.person_id).update(state=state)


def move_within(scene: Scene) -> None:
    Person.objects.filter(pk=scene.first.person_id).update(unit=make_unit("下级处", scene.home))


def move_away(scene: Scene) -> None:
    Person.objects.filter(pk=scene.first.person_id).update(unit=make_unit("外单位"))


def close_home(scene: Scene) -> None:
    Unit.objects.filter(pk=scene.home.pk).update(is_active=False)


def close_host(scene: Scene) -> None:
    Unit.objects.filter(pk=scene.host.pk).update(is_active=False)


def occupied_until(ends_on: dt.date, handover: int = 0):
    def occupy(scene: Scene) -> None:
        type(scene.campaign).objects.filter(pk=scene.campaign.pk).update(handover_days=handover)
        stay(scene.first.post, dt.date(2025, 3, 1), ends_on)

    return occupy


def two_places(scene: Scene) -> None:
    occupied_until(ON + ONE_DAY)(scene)
    Post.objects.filter(pk=scene.first.post_id).update(headcount=2)


def own_later_term(scene: Scene) -> None:
    """Whoever comes a day later than the campaign finds the place free."""
    occupied_until(ON + ONE_DAY)(scene)
    Placement.objects.filter(pk=scene.first.pk).update(starts_on=ON + ONE_DAY)


CASES = {
    "retired": (person_is("retired"), {LapseKind.RETIRED}),
    "left": (person_is("left"), {LapseKind.LEFT}),
    "died": (person_is("died"), {LapseKind.DIED}),
    "merged": (person_is("merged"), {LapseKind.LEFT}),
    "moved-away": (move_away, {LapseKind.MOVED}),
    "home-closed": (close_home, {LapseKind.HOME_CLOSED}),
    "host-closed": (close_host, {LapseKind.HOST_CLOSED}),
    "occupied-on-the-first-day": (occupied_until(ON + ONE_DAY), {LapseKind.OCCUPIED}),
    "occupied-beyond-the-handover": (occupied_until(ON + 4 * ONE_DAY, 3), {LapseKind.OCCUPIED}),
    "nothing": (lambda scene: None, set()),
    "moved-within": (move_within, set()),
    "free-from-the-first-day": (occupied_until(ON), set()),
    "occupied-for-the-handover": (occupied_until(ON + 3 * ONE_DAY, 3), set()),
    "place-left": (two_places, set()),
    "own-later-term": (own_later_term, set()),
}
every_case = pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)


def fresh(scene: Scene) -> Placement:
    return Placement.objects.get(pk=scene.first.pk)


@every_case
def test_reasons_are_named(scene: Scene, change, expected) -> None:
    change(scene)
    assert {one.kind for one in lapses_of([fresh(scene)])} == expected


@every_case
def test_notices_go_out_only_while_it_holds(scene: Scene, change, expected) -> None:
    change(scene)
    report_by = max(ISSUE.report_by, fresh(scene).starts_on)
    issue = Issue(ISSUE.series, report_by)
    if expected:
        with pytest.raises(LapsedError) as refused:
            issue_notices(scene.campaign, issue, by=scene.owner, on=ON, at=AT)
        assert {one.kind for one in refused.value.lapses} == expected
        states = set(Placement.objects.filter(campaign=scene.campaign).values_list("state", flat=True))
        assert states == {PlacementState.DECIDED}
    else:
        assert len(issue_notices(scene.campaign, issue, by=scene.owner, on=ON, at=AT)) == 2


@every_case
def test_nobody_begins_unless_it_still_holds(scene: Scene, change, expected) -> None:
    issue_notices(scene.campaign, ISSUE, by=scene.owner, on=ON, at=AT)
    change(scene)
    day = ON + ONE_DAY
    if expected:
        with pytest.raises(LapsedError) as refused:
            start_placement(fresh(scene), reported_on=day, by=scene.host_clerk, on=day, at=AT)
        assert {one.kind for one in refused.value.lapses} == expected
        assert fresh(scene).state == PlacementState.APPOINTED
    else:
        row = start_placement(fresh(scene), reported_on=day, by=scene.host_clerk, on=day, at=AT)
        assert row.state == PlacementState.IN_POST


@every_case
def test_nobody_reports_unless_it_still_holds(scene: Scene, change, expected) -> None:
    issue_notices(scene.campaign, ISSUE, by=scene.owner, on=ON, at=AT)
    change(scene)
    day = ON + ONE_DAY
    if expected:
        with pytest.raises(LapsedError) as refused:
            confirm_report(fresh(scene), by=scene.secondee, on=day, at=AT)
        assert {one.kind for one in refused.value.lapses} == expected
    else:
        confirm_report(fresh(scene), by=scene.secondee, on=day, at=AT)
    assert fresh(scene).reported_on == (None if expected else day)
