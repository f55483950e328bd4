"""What a run takes as earlier secondments and as places, and what it takes instead where nothing is said."""

import math

import pytest

from secondment.algorithms.fit import COMPONENTS
from secondment.matching.snapshot_facts import take_snapshot
from secondment.placements.choices import PlacementState
from tests.makers import make_placement, make_region
from tests.matching.campaigns import Matched, make_matched

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched() -> Matched:
    return make_matched()


def component(matched: Matched, name: str, person: int, post: int) -> float:
    snapshot = take_snapshot(matched.campaign)
    pairs = list(zip(snapshot.admissible.person.tolist(), snapshot.admissible.post.tolist(), strict=True))
    return float(snapshot.admissible.components[pairs.index((person, post)), COMPONENTS.index(name)])


@pytest.mark.parametrize("state", PlacementState.values)
def test_every_placement_but_a_cancelled_one_is_an_earlier_secondment(matched: Matched, state: str) -> None:
    make_placement(person=matched.people[0].person, post=matched.posts[0].post, state=state)
    found = component(matched, "continuity", 0, 0)
    if state == PlacementState.CANCELLED:
        assert math.isnan(found)
    else:
        assert found == 1.0


def test_a_placement_of_this_campaign_is_no_earlier_one(matched: Matched) -> None:
    make_placement(matched.campaign, matched.people[0].person, matched.posts[0].post)
    assert math.isnan(component(matched, "continuity", 0, 0))


def test_two_unknown_counties_are_not_the_same(matched: Matched) -> None:
    make_placement(person=matched.people[0].person, post=matched.posts[0].post)
    assert [component(matched, "continuity", 0, post) for post in range(3)] == [1.0, 0.0, 0.0]
    county = make_region("110111", "房山区")
    for one in matched.posts[:2]:
        one.post.host_unit.region = county
        one.post.host_unit.save()
    assert [component(matched, "continuity", 0, post) for post in range(3)] == [1.0, 0.5, 0.0]


def test_a_post_stands_in_its_own_region_else_in_that_of_its_unit(matched: Matched) -> None:
    near, far = make_region("110111", "房山区"), make_region("130102", "长安区")
    home, post = matched.homes[0], matched.posts[0].post
    home.region = near
    home.save()
    matched.people[0].prefers_near = True
    matched.people[0].save()
    assert math.isnan(component(matched, "distance", 0, 0))
    post.host_unit.region = far
    post.host_unit.save()
    assert component(matched, "distance", 0, 0) == 0.0
    post.region = near
    post.save()
    assert component(matched, "distance", 0, 0) == 1.0
