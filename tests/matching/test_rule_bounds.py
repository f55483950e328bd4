"""Under side rules no cost is claimed that is not proven: every bound lies at or below what a new run loses."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from django.urls import reverse

from secondment.algorithms.assignment import solve_assignment
from secondment.matching.chain_lines import at_least
from secondment.matching.choices import SideRuleKind
from secondment.matching.errors import NotAdmissibleError
from secondment.matching.services.changes import rearrange, swap_pair
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.what_if import WhatIf
from secondment.matching.side_rules.bounds import STEP, pack_bounds, unpack_bounds
from secondment.matching.side_rules.solving import solve_with_rules
from tests.makers import AT
from tests.matching.campaigns import make_matched, run_now
from tests.matching.test_side_rules import add, marry
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    """甲 and 丁 are a couple and go together or not at all."""
    found = make_matched()
    marry(found.people[0], found.people[3])
    add(found, SideRuleKind.COUPLE_TOGETHER)
    return found


@pytest.fixture
def proposal(matched, django_capture_on_commit_callbacks):
    return run_now(matched, django_capture_on_commit_callbacks)


def loss_by_solving(plan: ProposalPlan, pair, fixed) -> tuple[int, float] | None:
    problem = replace(plan.problem, locked=tuple(sorted({pair, *fixed}, key=lambda one: one[::-1])))
    _status, found = solve_with_rules(problem, plan.snapshot.side_rules, solve_assignment(problem))
    if found is None:
        return None
    return len(plan.post_of) - found.n_assigned, plan.total(plan.post_of) - found.total_score


def check_bounds(plan: ProposalPlan) -> tuple[int, int]:
    """Every pair: what is said is not more than the truth. Returns pairs asked about and bounds above 0."""
    n_asked, n_positive = 0, 0
    for person, post in itertools.product(range(plan.problem.n_people), range(plan.problem.n_posts)):
        if plan.post_of.get(plan.snapshot.nominations[person]) == plan.snapshot.posts[post]:
            continue
        asked = WhatIf(plan, person=person, post=post)
        answer = asked.with_pair((person, post))
        truth = loss_by_solving(plan, (person, post), asked.fixed)
        if answer is None or truth is None:
            continue
        assert answer.n_places <= truth[0]
        said = at_least(plan, answer, is_without=False)
        if truth[0] == 0:
            assert said <= truth[1] + 1e-9
        n_asked, n_positive = n_asked + 1, n_positive + (said > 0)
    return n_asked, n_positive


def test_no_bound_claims_more_than_a_new_run_loses(proposal) -> None:
    n_asked, n_positive = check_bounds(ProposalPlan(proposal))
    assert n_asked >= 6
    assert n_positive >= 1


def test_nor_does_it_after_a_change_by_hand(matched, proposal) -> None:
    people = [one.nomination for one in proposal.pairs.order_by("campaign_post")]
    swap_pair(proposal, people[0], people[1], reason="理由", version=None, by=matched.by, at=AT)
    plan = ProposalPlan(proposal)
    n_asked, _ = check_bounds(plan)
    assert n_asked >= 6


def test_without_finished_prices_the_plan_without_rules_is_the_bound(proposal) -> None:
    proposal.run.bounds = ""
    assert ProposalPlan(proposal).best_with_each is None
    assert check_bounds(ProposalPlan(proposal))[0] >= 6


def test_packing_never_claims_more() -> None:
    best = np.array([1.00004, 0.5, np.nan, -40.0, 1.00004])
    found = unpack_bounds(pack_bounds(best))
    assert np.isnan(found[2])
    known = np.isfinite(best)
    assert (found[known] >= best[known]).all()
    assert (found[[0, 1, 4]] - best[[0, 1, 4]] <= STEP + 1e-12).all()


def test_the_page_claims_nothing_it_has_not_proven(matched, proposal, signed_in) -> None:
    client = signed_in(matched.by)
    pair = proposal.pairs.first()
    text = text_of(client.get(reverse("matching:pair_detail", args=[proposal.pk, pair.pk])))
    assert "附加规则下" in text
    assert "合计" not in text.split("其他人选及未推荐原因")[1]
    url = reverse("matching:post_candidates", args=[proposal.pk, pair.campaign_post_id])
    assert "附加规则下" in text_of(client.get(url))


def test_the_others_are_not_moved_without_regard_to_the_rules(matched, proposal) -> None:
    pair = proposal.pairs.first()
    free = next(one for one in matched.people if not proposal.pairs.filter(nomination=one).exists())
    with pytest.raises(NotAdmissibleError, match="附加规则"):
        rearrange(proposal, free, pair.campaign_post, reason="理由", version=None, by=matched.by, at=AT)
