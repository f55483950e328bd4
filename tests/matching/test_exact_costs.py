"""The exact cost of a pair under side rules equals the best of all plans counted out by hand; it is a job that can be stopped."""

import itertools

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.jobs.models import Job, JobState
from secondment.matching.choices import PairQuestion, Principle, RunState, SideRuleKind
from secondment.matching.errors import (
    ExactAlreadyError,
    NoPlanYetError,
    NotAdmissibleError,
    NotInPlanError,
    PlanChangedError,
    RunEndedError,
)
from secondment.matching.exact_lines import conclusion_of
from secondment.matching.models import ExactCost, Proposal
from secondment.matching.services import exact_costs
from secondment.matching.services.changes import rearrange, swap_pair, unassign
from secondment.matching.services.exact_costs import (
    ask_exact_cost,
    execute_exact_cost,
    fail_exact_cost,
    stop_exact_cost,
)
from secondment.matching.services.plans import ProposalPlan
from tests.makers import AT, make_user
from tests.matching.campaigns import block, holders, make_matched, run_now
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


@pytest.fixture
def ask(matched, proposal, django_capture_on_commit_callbacks):
    def asked(person: int, post: int, question=PairQuestion.WITH) -> ExactCost:
        with django_capture_on_commit_callbacks(execute=True):
            cost = ask_exact_cost(
                proposal, matched.people[person], matched.posts[post], question, by=matched.by, at=AT
            )
        cost.refresh_from_db()
        return cost

    return asked


def every_plan(plan: ProposalPlan):
    """All plans of four people for three posts in which 甲 and 丁 go together, as post by person."""
    for posts in itertools.product((None, 0, 1, 2), repeat=4):
        taken = [post for post in posts if post is not None]
        is_together = (posts[0] is None) == (posts[3] is None)
        arcs = [plan.problem.arc_of((person, post)) for person, post in enumerate(posts) if post is not None]
        if len(set(taken)) == len(taken) and is_together and None not in arcs:
            yield posts, len(taken), sum(float(plan.problem.score[arc]) for arc in arcs)


def by_counting(plan: ProposalPlan, person: int, post: int, *, has: bool) -> tuple[int, float]:
    """Places and score that the plan as it stands has more than the best one with, or without, the pair."""
    found = [(n, score) for posts, n, score in every_plan(plan) if (posts[person] == post) == has]
    n, score = max(found)
    return len(plan.post_of) - n, round(plan.total(plan.post_of) - score, 6)


def test_every_question_equals_the_best_of_all_plans(matched, proposal, ask) -> None:
    plan = ProposalPlan(proposal)
    n_checked = 0
    for person, post in itertools.product(range(4), range(3)):
        has = plan.post_of.get(matched.people[person].pk) == matched.posts[post].pk
        cost = ask(person, post, PairQuestion.WITHOUT if has else PairQuestion.WITH)
        assert cost.state == RunState.DONE
        assert cost.report["status"] == "optimal"
        expected = by_counting(plan, person, post, has=not has)
        assert (cost.report["places"], cost.report["loss"]) == (expected[0], pytest.approx(expected[1]))
        assert len(cost.report["added"]) == len(cost.report["removed"]) - expected[0]
        n_checked += 1
    assert n_checked == 12


def test_the_pages_show_the_proven_cost_with_its_steps(matched, proposal, ask, signed_in) -> None:
    client = signed_in(matched.by)
    pair = proposal.pairs.get(nomination=matched.people[0])
    page = reverse("matching:pair_detail", args=[proposal.pk, pair.pk])
    before = text_of(client.get(page))
    assert "计算精确代价" in before
    assert "精确代价（已证明）" not in before
    cost = ask(0, matched.posts.index(pair.campaign_post), PairQuestion.WITHOUT)
    expected = conclusion_of(ProposalPlan(proposal), cost)
    assert expected.startswith("精确代价（已证明）：")
    assert expected in text_of(client.get(page))
    detail = text_of(client.get(reverse("matching:exact_cost_detail", args=[cost.pk])))
    assert expected in detail
    assert "赵甲" in detail
    assert "第 1 版" in detail
    away = f"{reverse('matching:move_preview', args=[proposal.pk])}?nomination={matched.people[2].pk}&post={matched.posts[2].pk}"
    assert "计算精确代价" in text_of(client.get(away))
    moved = ask(2, 2)
    assert conclusion_of(ProposalPlan(proposal), moved) in text_of(client.get(away))
    listed = text_of(client.get(reverse("matching:person_posts", args=[proposal.pk, matched.people[2].pk])))
    assert conclusion_of(ProposalPlan(proposal), moved) in listed


def test_a_change_by_hand_makes_the_answer_an_old_one(matched, proposal, ask, signed_in) -> None:
    cost = ask(2, 2)
    unassign(proposal, matched.people[0], reason="示例理由", version=None, by=matched.by, at=AT)
    client = signed_in(matched.by)
    detail = text_of(client.get(reverse("matching:exact_cost_detail", args=[cost.pk])))
    assert "本结果只对当时的方案有效" in detail
    assert "重新计算精确代价" not in detail
    again = ask(2, 2)
    assert again.pk != cost.pk
    assert ProposalPlan(Proposal.objects.get(pk=proposal.pk)).standing == again.standing != cost.standing


def test_the_plan_found_may_be_carried_out_and_keeps_the_rules(matched, proposal, ask) -> None:
    people, posts = matched.people, matched.posts
    target = next(
        (person, post)
        for person, post in itertools.product((1, 2), range(3))
        if ProposalPlan(proposal).post_of.get(people[person].pk) != posts[post].pk
    )
    arguments = (proposal, people[target[0]], posts[target[1]])
    keywords = {"reason": "示例理由", "version": None, "by": matched.by, "at": AT}
    with pytest.raises(NotAdmissibleError, match="计算精确代价"):
        rearrange(*arguments, **keywords)
    report = ask(*target).report
    cost = rearrange(*arguments, **keywords)
    assert (-cost.places, -cost.score) == (report["places"], pytest.approx(report["loss"]))
    after = holders(proposal)
    assert ("赵甲" in after.values()) == ("李丁" in after.values())
    assert after[str(posts[target[1]].post.host_unit)] == str(people[target[0]])


def test_a_question_is_asked_once(matched, proposal, ask) -> None:
    first = ask(2, 2)
    n_jobs = Job.objects.count()
    assert ask(2, 2).pk == first.pk
    assert Job.objects.count() == n_jobs
    assert AuditEvent.objects.filter(action="proposal.ask_cost").count() == 1


def test_one_cut_short_is_searched_again(matched, proposal, ask) -> None:
    first = ask(2, 2)
    ExactCost.objects.filter(pk=first.pk).update(report=first.report | {"status": "stopped_at_limit"})
    again = ask(2, 2)
    assert (again.pk, again.report["status"]) == (first.pk, "optimal")
    assert again.job_id != first.job_id


def test_what_cannot_be_asked(matched, proposal) -> None:
    keywords = {"by": matched.by, "at": AT}
    held = ProposalPlan(proposal).post_of
    person = matched.people[0]
    own = next(post for post in matched.posts if post.pk == held[person.pk])
    with pytest.raises(NotInPlanError, match="已经安排在该岗位"):
        ask_exact_cost(proposal, person, own, PairQuestion.WITH, **keywords)
    other = next(post for post in matched.posts if post != own)
    with pytest.raises(NotInPlanError, match="不在该岗位上"):
        ask_exact_cost(proposal, person, other, PairQuestion.WITHOUT, **keywords)
    with pytest.raises(NotAllowedError):
        ask_exact_cost(
            proposal, person, other, PairQuestion.WITH, by=make_user(Role.LEADER, matched.root), at=AT
        )
    Proposal.objects.update(principle=Principle.STABLE_POSTS)
    proposal.refresh_from_db()
    with pytest.raises(ExactAlreadyError):
        ask_exact_cost(proposal, person, other, PairQuestion.WITH, **keywords)


def test_a_pair_that_is_kept_out_is_refused_on_the_page(
    matched, django_capture_on_commit_callbacks, signed_in
) -> None:
    block(matched, 1, 1)
    proposal = run_now(matched, django_capture_on_commit_callbacks)
    url = reverse("matching:exact_cost_ask", args=[proposal.pk])
    data = {"nomination": matched.people[1].pk, "campaign_post": matched.posts[1].pk, "question": "with"}
    client = signed_in(matched.by)
    response = client.post(url, data, follow=True)
    assert response.status_code == 200
    assert "钱乙不能安排到" in text_of(response)
    assert client.post(url, data | {"question": "else"}).status_code == 404
    allowed = client.post(url, data | {"campaign_post": matched.posts[2].pk})
    assert allowed.url == reverse("matching:exact_cost_detail", args=[ExactCost.objects.get().pk])


def test_no_such_plan_is_proven_and_said(matched, proposal, ask) -> None:
    """甲 stays by hand alone with two posts held by hand: the couple cannot go together."""
    plan = ProposalPlan(proposal)
    couple = [matched.people[0], matched.people[3]]
    third = next(one for one in matched.people if one.pk in plan.post_of and one not in couple)
    swap_pair(proposal, couple[0], third, reason="示例理由", version=None, by=matched.by, at=AT)
    plan = ProposalPlan(proposal)
    outsider = next(one for one in matched.people if one.pk not in plan.post_of)
    post = next(one for one in matched.posts if one.pk == plan.post_of[couple[1].pk])
    cost = ask(matched.people.index(outsider), matched.posts.index(post))
    assert cost.report["status"] == "infeasible"
    assert conclusion_of(plan, cost) == "精确代价：保留人工安排、遵守附加规则，没有这样的方案（已证明）"


def test_what_no_plan_can_hold_even_without_rules_is_said_without_a_search(
    matched, proposal, ask, monkeypatch
) -> None:
    monkeypatch.setattr(exact_costs.WhatIf, "with_pair", lambda _self, _pair: None)
    monkeypatch.delattr(exact_costs, "_solve")
    assert ask(2, 2).report == {"status": exact_costs.IMPOSSIBLE}


REPORT = {
    "status": "stopped_at_limit",
    "places": 0,
    "least_places": 0,
    "by_priority": [0],
    "loss": 0.2,
    "least_loss": 0.05,
    "limit_seconds": 120,
}


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (
            {},
            "已找到的方案：合计 −20.00 分；尚未证明代价最小，任何这样的方案合计都不超过 −5.00 分，差距 15.00 分",
        ),
        (
            {"places": 2, "least_places": 1, "by_priority": [2]},
            "已找到的方案：少填补 2 个岗位、合计 −20.00 分；尚未证明代价最小，少填补的岗位可能只有 1 个",
        ),
        ({"status": "unknown"}, "在 120 秒内没有找到这样的方案，也未能证明没有"),
        ({"status": "impossible"}, "精确代价：保留人工安排、遵守附加规则，没有这样的方案（已证明）"),
        (
            {"status": "optimal", "loss": 0.0},
            "精确代价：并列，填补岗位和总匹配度都不变（已证明），由组织决定",
        ),
        ({"status": "optimal", "loss": -0.01}, "精确代价（已证明）：合计 +1.00 分"),
    ],
)
def test_what_is_said(matched, proposal, report, text) -> None:
    cost = ExactCost(report=REPORT | report)
    assert conclusion_of(ProposalPlan(proposal), cost) == text


def waiting(matched, proposal) -> ExactCost:
    """A question whose job waits for the commit that does not come."""
    return ask_exact_cost(
        proposal, matched.people[2], matched.posts[2], PairQuestion.WITH, by=matched.by, at=AT
    )


def test_a_question_under_way_is_not_asked_again_and_can_be_stopped(matched, proposal, signed_in) -> None:
    cost = waiting(matched, proposal)
    assert waiting(matched, proposal).job_id == cost.job_id
    keywords = {"by": matched.by, "at": AT}
    with pytest.raises(NoPlanYetError):
        stop_exact_cost(cost, **keywords)
    ExactCost.objects.update(
        state=RunState.RUNNING, progress={"places": [3, 3], "score": [1.5, 1.6], "seconds": 3}
    )
    client = signed_in(matched.by)
    page = text_of(client.get(reverse("matching:exact_cost_detail", args=[cost.pk])))
    assert "任何方案都不超过 160.00" in page
    assert "停止并采用目前的结果" in page
    fragment = client.get(reverse("matching:exact_cost_progress", args=[cost.pk]))
    assert "HX-Refresh" not in fragment
    assert client.post(reverse("matching:exact_cost_stop", args=[cost.pk])).status_code == 302
    stop_exact_cost(cost, **keywords)
    cost.refresh_from_db()
    assert cost.is_stop_requested
    assert AuditEvent.objects.filter(action="proposal.stop_cost").count() == 1
    ExactCost.objects.update(state=RunState.DONE, report=REPORT | {"is_stopped": True})
    with pytest.raises(RunEndedError):
        stop_exact_cost(cost, **keywords)
    stopped = client.post(reverse("matching:exact_cost_stop", args=[cost.pk]), follow=True)
    assert "计算已经结束，不能再停止" in text_of(stopped)
    assert "经办人停止了计算" in text_of(stopped)
    assert "重新计算精确代价" in text_of(stopped)


def test_a_plan_changed_meanwhile_is_not_searched(matched, proposal) -> None:
    cost = waiting(matched, proposal)
    unassign(proposal, matched.people[0], reason="示例理由", version=None, by=matched.by, at=AT)
    with pytest.raises(PlanChangedError):
        execute_exact_cost(cost, progress=lambda _done, _total, _doing: None)


def test_one_that_came_to_nothing_says_so(matched, proposal, signed_in) -> None:
    cost = waiting(matched, proposal)
    fail_exact_cost(cost_id=cost.pk)
    client = signed_in(matched.by)
    page = text_of(client.get(reverse("matching:exact_cost_detail", args=[cost.pk])))
    assert "计算没有完成" in page
    assert "重新计算精确代价" in page
    Job.objects.update(state=JobState.FAILED, message="示例原因")
    assert "示例原因" in text_of(client.get(reverse("matching:exact_cost_detail", args=[cost.pk])))
    fragment = client.get(reverse("matching:exact_cost_progress", args=[cost.pk]))
    assert fragment["HX-Refresh"] == "true"


def test_a_search_without_a_plan_in_time_keeps_that(matched, proposal, monkeypatch) -> None:
    from secondment.algorithms.side_rules.solution import Status

    cost = waiting(matched, proposal)
    monkeypatch.setattr(exact_costs, "_solve", lambda *_: (Status.UNKNOWN, None))
    execute_exact_cost(cost, progress=lambda _done, _total, _doing: None)
    assert cost.report["status"] == "unknown"
    assert not exact_costs.is_settled(cost)
    assert exact_costs.exact_move(ProposalPlan(proposal), (matched.people[2].pk, matched.posts[2].pk)) is None
