"""Changes by hand: exact costs, what is refused and why, locks, copies, the choice."""

import pytest

from secondment.accounts.choices import Role
from secondment.campaigns.choices import CampaignState
from secondment.common.errors import NotAllowedError, StaleObjectError
from secondment.matching.errors import (
    CapReachedError,
    LockedPairError,
    LocksContradictError,
    NotAdmissibleError,
    NotInPlanError,
    NotInReviewError,
    PostFullError,
)
from secondment.matching.models import Lock, Proposal
from secondment.matching.services.changes import (
    assign_person,
    clear_lock,
    forbid_pair,
    lock_pair,
    swap_pair,
    unassign,
)
from secondment.matching.services.plans import Cost, ProposalPlan
from secondment.matching.services.proposals import choose_proposal, copy_proposal
from tests.makers import AT, make_nomination, make_person, make_quota, make_user
from tests.matching.campaigns import SILENT_HOST, block, holders, make_matched, run_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def run(matched, django_capture_on_commit_callbacks):
    """A function that runs the campaign as it stands and gives the proposal."""
    return lambda: run_now(matched, django_capture_on_commit_callbacks)


def free_person(matched, proposal):
    return next(one for one in matched.people if not proposal.pairs.filter(nomination=one).exists())


def third(matched, proposal):
    """Who holds the third post."""
    return proposal.pairs.get(campaign_post=matched.posts[2]).nomination


def test_a_swap_costs_exactly_what_it_loses(matched, run) -> None:
    proposal = run()
    cost = swap_pair(
        proposal,
        matched.people[0],
        matched.people[2],
        reason="示例理由",
        version=proposal.version,
        by=matched.by,
        at=AT,
    )
    assert cost == Cost(score=-1.52, places=0)  # 甲→西: 0.6·0.8 = 0.48; 丙→东: 0
    proposal.refresh_from_db()
    assert (proposal.total_score, proposal.version) == (pytest.approx(0.48 + SILENT_HOST), 2)
    assert holders(proposal)["东村"] == "孙丙"
    pair = proposal.pairs.get(nomination=matched.people[0])
    assert (pair.is_manual, pair.score) == (True, 0.48)
    assert all(one["nomination"] != matched.people[0].pk for one in pair.alternatives)


def test_going_back_to_the_computed_plan_is_no_loss(matched, run) -> None:
    proposal = run()
    for version in (1, 2):
        cost = swap_pair(
            proposal,
            matched.people[0],
            matched.people[2],
            reason="示例理由",
            version=version,
            by=matched.by,
            at=AT,
        )
    assert cost == Cost(score=1.52, places=0)
    proposal.refresh_from_db()
    assert proposal.total_score == proposal.run.report["total_score"]


def test_taking_out_and_putting_in(matched, run) -> None:
    proposal = run()
    cost = unassign(proposal, matched.people[0], reason="示例理由", version=None, by=matched.by, at=AT)
    assert cost == Cost(score=-1.0, places=-1)
    assert proposal.unplaced.get(nomination=matched.people[0]).reason_text == "人工调出，尚未安排其他岗位。"
    cost = assign_person(
        proposal, matched.people[0], matched.posts[0], reason="示例理由", version=None, by=matched.by, at=AT
    )
    assert (cost.score, cost.places) == (1.0, 1)
    assert not proposal.unplaced.filter(nomination=matched.people[0]).exists()


def test_one_person_takes_the_place_of_another(matched, run) -> None:
    proposal = run()
    free = free_person(matched, proposal)
    cost = assign_person(
        proposal,
        free,
        matched.posts[2],
        displaced=third(matched, proposal),
        reason="示例理由",
        version=None,
        by=matched.by,
        at=AT,
    )
    assert (cost.score, cost.places, proposal.unplaced.count()) == (0.0, 0, 1)
    assert third(matched, proposal) == free


def test_a_full_post_asks_who_gives_way(matched, run) -> None:
    proposal = run()
    with pytest.raises(PostFullError, match="“东村 第一书记”共 1 个名额，已满"):
        assign_person(
            proposal,
            free_person(matched, proposal),
            matched.posts[0],
            reason="示例理由",
            version=None,
            by=matched.by,
            at=AT,
        )


def test_rules_are_named_when_they_keep_a_pair_out(matched, run) -> None:
    block(matched, 0, 2, rule="H3")
    proposal = run()
    with pytest.raises(NotAdmissibleError, match="赵甲不能安排到“南村 第一书记”：资格审查未通过（H3）"):
        assign_person(
            proposal,
            matched.people[0],
            matched.posts[2],
            reason="示例理由",
            version=None,
            by=matched.by,
            at=AT,
        )


def test_rules_about_the_person_are_named_too(matched, run) -> None:
    block(matched, 3, rule="H4")
    proposal = run()
    with pytest.raises(NotAdmissibleError, match="（H4）"):
        assign_person(
            proposal,
            matched.people[3],
            matched.posts[2],
            reason="示例理由",
            version=None,
            by=matched.by,
            at=AT,
        )


def test_somebody_nominated_after_the_run_needs_a_new_run(matched, run) -> None:
    proposal = run()
    late = make_nomination(matched.campaign, make_person(matched.homes[0], name="周戊"))
    with pytest.raises(NotAdmissibleError, match=r"周戊不能安排到“东村 第一书记”：.*请重新计算"):
        assign_person(proposal, late, matched.posts[0], reason="示例理由", version=None, by=matched.by, at=AT)


def test_a_cap_is_kept_by_hand_too(matched, run) -> None:
    make_quota(matched.campaign, matched.homes[0], release_cap=1)
    proposal = run()
    placed = {pair.nomination_id for pair in proposal.pairs.all()}
    waiting = next(one for one in (matched.people[0], matched.people[2]) if one.pk not in placed)
    leaving = next(one for one in (matched.people[1], matched.people[3]) if one.pk in placed)
    post = proposal.pairs.get(nomination=leaving).campaign_post
    with pytest.raises(CapReachedError, match="最多派出 1 人，已满"):
        assign_person(
            proposal, waiting, post, displaced=leaving, reason="示例理由", version=None, by=matched.by, at=AT
        )


NONSENSE = {
    "the post one has": lambda plan, people, posts, free: plan.assigning(people[0].pk, posts[0].pk),
    "a swap with nobody": lambda plan, people, posts, free: plan.swapping(people[0].pk, free.pk),
    "a swap with oneself": lambda plan, people, posts, free: plan.swapping(people[0].pk, people[0].pk),
    "displacing who is not there": lambda plan, people, posts, free: plan.assigning(
        free.pk, posts[2].pk, displaced=people[0].pk
    ),
    "taking out nobody": lambda plan, people, posts, free: plan.removing(free.pk),
}


@pytest.mark.parametrize("make", NONSENSE.values(), ids=NONSENSE)
def test_changes_that_make_no_sense_are_refused(matched, run, make) -> None:
    proposal = run()
    with pytest.raises(NotInPlanError):
        make(ProposalPlan(proposal), matched.people, matched.posts, free_person(matched, proposal))


def test_a_lock_holds_until_it_is_cleared_and_through_the_next_run(matched, run) -> None:
    proposal = run()
    swap_pair(
        proposal, matched.people[0], matched.people[2], reason="示例理由", version=None, by=matched.by, at=AT
    )
    lock = lock_pair(
        proposal.pairs.get(nomination=matched.people[0]), reason="示例理由", by=matched.by, at=AT
    )
    with pytest.raises(LockedPairError):
        unassign(proposal, matched.people[0], reason="示例理由", version=None, by=matched.by, at=AT)
    again = run()
    assert holders(again)["西村"] == "赵甲"
    assert again.total_score == pytest.approx(
        1.08 + SILENT_HOST
    )  # 甲→西 0.48, 乙→东 0.6, and a host without a list
    clear_lock(lock, by=matched.by, at=AT)
    assert not again.pairs.get(nomination=matched.people[0]).is_locked
    assert run().total_score == pytest.approx(2.0 + SILENT_HOST)


def test_a_person_is_locked_to_one_post_only(matched, run) -> None:
    proposal = run()
    lock_pair(proposal.pairs.get(nomination=matched.people[0]), reason="示例理由", by=matched.by, at=AT)
    copy = copy_proposal(proposal, name="试排", by=matched.by, at=AT)
    copy.pairs.filter(nomination=matched.people[0]).update(campaign_post=matched.posts[1])
    with pytest.raises(LocksContradictError, match="已锁定在另一个岗位"):
        lock_pair(copy.pairs.get(nomination=matched.people[0]), reason="示例理由", by=matched.by, at=AT)


def test_forbidding_takes_the_pair_out_and_keeps_it_out(matched, run) -> None:
    proposal = run()
    cost = forbid_pair(
        proposal, matched.people[0], matched.posts[0], reason="本人有异议", version=None, by=matched.by, at=AT
    )
    assert cost.places == -1
    with pytest.raises(NotAdmissibleError, match="“赵甲 → 东村 第一书记”已被排除"):
        assign_person(
            proposal,
            matched.people[0],
            matched.posts[0],
            reason="示例理由",
            version=None,
            by=matched.by,
            at=AT,
        )
    assert holders(run())["东村"] == "钱乙"


def test_forbidding_a_pair_outside_the_plan_costs_nothing(matched, run) -> None:
    proposal = run()
    cost = forbid_pair(
        proposal, matched.people[0], matched.posts[1], reason="示例理由", version=None, by=matched.by, at=AT
    )
    assert cost == Cost(0.0, 0)
    assert Lock.objects.get().kind == "forbid"


def test_a_copy_is_changed_apart(matched, run) -> None:
    proposal = run()
    copy = copy_proposal(proposal, name="备选方案", by=matched.by, at=AT)
    unassign(copy, matched.people[0], reason="示例理由", version=None, by=matched.by, at=AT)
    assert (proposal.pairs.count(), copy.pairs.count()) == (3, 2)
    assert (proposal.unplaced.count(), copy.unplaced.count()) == (1, 2)


def test_one_proposal_of_a_campaign_is_chosen(matched, run) -> None:
    first, second = run(), run()
    choose_proposal(first, version=1, by=matched.by, at=AT)
    choose_proposal(second, version=1, by=matched.by, at=AT)
    assert list(Proposal.objects.filter(is_chosen=True)) == [second]


def test_an_outdated_page_changes_nothing(matched, run) -> None:
    proposal = run()
    unassign(proposal, matched.people[0], reason="示例理由", version=1, by=matched.by, at=AT)
    with pytest.raises(StaleObjectError):
        unassign(proposal, matched.people[2], reason="示例理由", version=1, by=matched.by, at=AT)


def actions_of(proposal, matched, by):
    keywords = {"by": by, "at": AT}
    pair = proposal.pairs.get(nomination=matched.people[0])
    lock = Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[1],
        campaign_post=matched.posts[1],
        kind="forbid",
        by=matched.by,
    )
    return [
        lambda: assign_person(
            proposal, matched.people[0], matched.posts[2], reason="示例理由", version=None, **keywords
        ),
        lambda: swap_pair(
            proposal, matched.people[0], matched.people[2], reason="示例理由", version=None, **keywords
        ),
        lambda: unassign(proposal, matched.people[0], reason="示例理由", version=None, **keywords),
        lambda: lock_pair(pair, reason="示例理由", **keywords),
        lambda: forbid_pair(
            proposal, matched.people[0], matched.posts[0], reason="示例理由", version=None, **keywords
        ),
        lambda: clear_lock(lock, **keywords),
        lambda: copy_proposal(proposal, name="备选", **keywords),
        lambda: choose_proposal(proposal, version=None, **keywords),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ORGANISATION_DEPARTMENT])
def test_nobody_else_changes_a_proposal(matched, run, role) -> None:
    proposal = run()
    for action in actions_of(proposal, matched, make_user(role, matched.root)):
        with pytest.raises(NotAllowedError):
            action()


def test_after_review_nothing_is_changed(matched, run) -> None:
    proposal = run()
    proposal.run.campaign.state = CampaignState.CONSULTATION
    proposal.run.campaign.save()
    actions = actions_of(proposal, matched, matched.by)
    matched.campaign.refresh_from_db()
    for action in actions:
        with pytest.raises(NotInReviewError):
            action()
