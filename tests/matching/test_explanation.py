"""What a run says about posts it cannot fill: shared shortages joined, empty posts without a holder to compare with."""

import pytest

from secondment.matching.choices import LockKind
from secondment.matching.explanation import RunExplanation
from secondment.matching.models import Lock
from secondment.matching.queries import rule_bases
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.runs import solve_snapshot
from secondment.matching.snapshot_facts import take_snapshot
from secondment.people.models import AbilityValue, Specialty
from secondment.placements.choices import PlacementState
from tests.makers import ON, make_campaign_post, make_placement, make_post, make_quota, make_region
from tests.matching.campaigns import WEIGHTS, block, host_wish, make_matched, run_now, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


def explain(matched) -> RunExplanation:
    snapshot = take_snapshot(matched.campaign)
    problem, solution = solve_snapshot(snapshot, WEIGHTS)
    return RunExplanation(snapshot, problem, solution, WEIGHTS)


def test_empty_posts_that_share_people_are_one_shortage(matched) -> None:
    for _number in range(3):
        matched.posts.append(
            make_campaign_post(matched.campaign, make_post(matched.homes[0], title="第一书记"))
        )
    shortages = [one for one in explain(matched).shortages() if one["kind"] == "posts"]
    assert [(one["n_wanted"], one["n_available"], one["n_people"]) for one in shortages] == [(6, 4, 4)]


def test_posts_that_nobody_may_take_are_a_shortage_of_their_own(matched) -> None:
    for person in range(4):
        block(matched, person, 2, rule="R5")
    first, *_relaxed = explain(matched).shortages()
    assert first["posts"] == [matched.posts[2].pk]
    assert (first["n_wanted"], first["n_available"], first["n_people"], first["rules"]) == (
        1,
        0,
        0,
        [["R5", 4]],
    )


def test_the_next_candidates_of_an_empty_post_fall_behind_nobody(matched) -> None:
    for _number in range(2):
        matched.posts.append(make_campaign_post(matched.campaign, make_post(matched.homes[0])))
    explanation = explain(matched)
    empty = next(post for post in range(5) if post not in explanation.people_of)
    assert all(one["lower"] == [] for one in explanation.alternatives(empty))


def test_somebody_without_any_room_left_is_told_so(matched) -> None:
    for person, post in ((0, 0), (1, 1), (2, 2)):
        Lock.objects.create(
            campaign=matched.campaign,
            nomination=matched.people[person],
            campaign_post=matched.posts[post],
            kind=LockKind.LOCK,
            by=matched.by,
        )
    ((person, why),) = explain(matched).unplaced()
    assert (person, why.kind, why.post) == (3, "impossible", None)


def test_rows_of_other_campaigns_and_withdrawn_people_are_left_out(matched) -> None:
    matched.people[3].state = "withdrawn"
    matched.people[3].save()
    block(matched, 3)
    block(matched, 3, 1)
    wish(matched, 3, 2, 1)
    host_wish(matched, 2, 3, 1)
    AbilityValue.objects.create(
        person=matched.people[3].person, ability="mass_work", value=50, source="self", as_of=ON
    )
    other = make_campaign_post(post=make_post(matched.homes[0]))
    matched.posts.append(other)
    block(matched, 0, 3)
    Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[3],
        campaign_post=matched.posts[0],
        kind=LockKind.LOCK,
        by=matched.by,
    )
    snapshot = take_snapshot(matched.campaign)
    assert snapshot.nominations == tuple(one.pk for one in matched.people[:3])
    assert (snapshot.blocked_by, snapshot.ruled_out, snapshot.locked) == ({}, {}, ())
    assert len(snapshot.admissible) == 9


def test_facts_of_people_posts_and_earlier_secondments_reach_the_components(matched) -> None:
    province = make_region("11", "北京市")
    county = make_region("110111", "房山区", province)
    for unit in (matched.homes[0], matched.posts[0].post.host_unit):
        unit.region = county
        unit.save()
    person, post = matched.people[0].person, matched.posts[0].post
    matched.people[0].prefers_near = True
    matched.people[0].save()
    Specialty.objects.create(person=person, tag="agriculture")
    for source, value, ability in (
        ("self", 90, "mass_work"),
        ("assessment", 60, "mass_work"),
        ("self", 80, "development"),
    ):
        AbilityValue.objects.create(person=person, ability=ability, value=value, source=source, as_of=ON)
    post.specialties, post.abilities, post.rank = ["agriculture"], ["mass_work"], "131"
    post.save()
    make_placement(person=matched.people[2].person, post=post)
    make_placement(
        person=matched.people[2].person, post=matched.posts[1].post, state=PlacementState.CANCELLED
    )
    snapshot = take_snapshot(matched.campaign)
    assert snapshot.components_of(0) == {
        "specialty": 1.0,
        "needed_abilities": 0.6,
        "growth": 1.0,
        "rank": 0.667,
        "experience": 0.0,
        "person_preference": 1.0,
        "host_preference": 1.0,
        "distance": 1.0,
        "continuity": 1.0,
    }


def test_the_basis_of_a_rule_is_read_from_its_findings(matched) -> None:
    block(matched, 0, rule="H4")
    block(matched, 1, rule="H4")
    assert rule_bases(matched.campaign) == {"H4": "示例依据"}


def test_a_full_cap_that_would_free_nothing_is_not_offered(matched) -> None:
    make_quota(matched.campaign, matched.homes[0], release_cap=0)
    for person in (0, 2):
        block(matched, person)
    assert [one["kind"] for one in explain(matched).shortages()] == ["posts"]


def test_placing_somebody_may_cost_a_place(matched, django_capture_on_commit_callbacks) -> None:
    make_quota(matched.campaign, matched.homes[0], release_cap=1)
    block(matched, 3)
    for person, own in ((0, 0), (1, 1), (2, 1)):
        for post in {0, 1, 2} - {own}:
            block(matched, person, post)
    proposal = run_now(matched, django_capture_on_commit_callbacks)
    reason = proposal.unplaced.get(nomination=matched.people[2]).reason_text
    assert reason == "本单位派出人数已达上限；若改派此人到“西村 第一书记”，少填补 1 个岗位。"


def test_a_pair_that_no_rule_allows_has_no_row(matched, django_capture_on_commit_callbacks) -> None:
    from secondment.matching.errors import NotAdmissibleError

    block(matched, 0, 2)
    plan = ProposalPlan(run_now(matched, django_capture_on_commit_callbacks))
    with pytest.raises(NotAdmissibleError):
        plan.row_of((matched.people[0].pk, matched.posts[2].pk))
