"""The exact cost of a pair under side rules: the same search as a run's, as a job, kept with the plan it was asked about."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.assignment import AssignmentProblem, TieOrder, solve_assignment
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.assignment.solve import count_by_priority
from secondment.algorithms.side_rules.solution import Status
from secondment.audit.services import record
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.common.sentences import say
from secondment.jobs.services import start_job
from secondment.matching.choices import PairQuestion, RunState
from secondment.matching.errors import (
    ExactAlreadyError,
    NoPlanYetError,
    NotInPlanError,
    PlanChangedError,
    RunEndedError,
)
from secondment.matching.models import ExactCost, Proposal
from secondment.matching.rules import require_may_adjust
from secondment.matching.services import finding
from secondment.matching.services.finding import Progress
from secondment.matching.services.plans import Move, ProposalPlan
from secondment.matching.services.searching import Searching
from secondment.matching.services.what_if import WhatIf
from secondment.matching.side_rules.solving import Choice, SideRulePlan, solve_with_rules

JOB = "matching.exact_cost"
N_STEPS = 2
DIGITS = 6
IMPOSSIBLE = "impossible"


@transaction.atomic
def ask_exact_cost(
    proposal: Proposal,
    nomination: Nomination,
    campaign_post: CampaignPost,
    question: PairQuestion,
    *,
    by: User,
    at: dt.datetime,
) -> ExactCost:
    """Queue the question; one that is under way or proven already is given back. One cut short is searched again.

    Raises `ExactAlreadyError`, `NotAdmissibleError`, `NotInPlanError`.
    """
    require_may_adjust(by, proposal.run.campaign)
    plan = ProposalPlan(proposal)
    _check(plan, (nomination.pk, campaign_post.pk), question)
    cost, is_new = ExactCost.objects.select_for_update().get_or_create(
        proposal=proposal,
        standing=plan.standing,
        nomination=nomination,
        campaign_post=campaign_post,
        question=question,
        defaults={"version": proposal.version, "by": by, "at": at},
    )
    if not is_new and (cost.state in {RunState.QUEUED, RunState.RUNNING} or is_settled(cost)):
        return cost
    job = start_job(JOB, {"cost_id": cost.pk}, by=by, at=at)
    cost.job_id, cost.state, cost.by, cost.at = job.pk, RunState.QUEUED, by, at
    cost.is_stop_requested, cost.progress, cost.version = False, {}, proposal.version
    cost.save()
    details = {"nomination": nomination.pk, "campaign_post": campaign_post.pk}
    record("proposal.ask_cost", proposal, by=by, at=at, details=details)
    return cost


def execute_exact_cost(cost: ExactCost, *, progress: Progress) -> None:
    """Search for the best plan with, or without, the pair and keep what it costs.

    Raises `PlanChangedError` when the plan is no longer the one that was asked about.
    """
    ExactCost.objects.filter(pk=cost.pk).update(state=RunState.RUNNING, progress={})
    progress(0, N_STEPS, say("读取方案"))
    plan = ProposalPlan(cost.proposal)
    if plan.standing != cost.standing:
        raise PlanChangedError(_("发起后方案或锁定、排除已有改动，没有计算。请刷新页面后重新发起。"))
    cost.report = _report(plan, cost, progress)
    cost.state = RunState.DONE
    cost.save(update_fields=["report", "state"])


@transaction.atomic
def stop_exact_cost(cost: ExactCost, *, by: User, at: dt.datetime) -> None:
    """Let the search end with the best plan it has; asking again while it runs changes nothing.

    Raises `RunEndedError`, `NoPlanYetError`.
    """
    require_may_adjust(by, cost.proposal.run.campaign)
    locked = ExactCost.objects.select_for_update().get(pk=cost.pk)
    if locked.state in {RunState.DONE, RunState.FAILED}:
        raise RunEndedError(_("计算已经结束，不能再停止。请刷新页面查看结果。"))
    if locked.is_stop_requested:
        return
    if locked.state != RunState.RUNNING or not locked.progress:
        raise NoPlanYetError(_("尚未找到可以比较的方案，请稍后再停止；不需要本次计算的，可以取消。"))
    locked.is_stop_requested = True
    locked.save(update_fields=["is_stop_requested"])
    record("proposal.stop_cost", cost.proposal, by=by, at=at)


def fail_exact_cost(*, cost_id: int) -> None:
    """Show that a question came to nothing."""
    ExactCost.objects.filter(pk=cost_id).exclude(state=RunState.DONE).update(state=RunState.FAILED)


def is_settled(cost: ExactCost) -> bool:
    """Whether searching longer would change nothing: the cost is proven, or that there is no such plan."""
    settled = {Status.OPTIMAL.value, Status.INFEASIBLE.value, IMPOSSIBLE}
    return cost.state == RunState.DONE and cost.report["status"] in settled


def exact_move(plan: ProposalPlan, pair: Pair) -> Move | None:
    """What a finished search does to bring a person to a post, all side rules kept; None where none has found a plan."""
    asked = ExactCost.objects.filter(
        proposal=plan.proposal,
        standing=plan.standing,
        nomination=pair[0],
        campaign_post=pair[1],
        question=PairQuestion.WITH,
        state=RunState.DONE,
    ).first()
    if asked is None or "added" not in asked.report:
        return None
    removed, added = (
        tuple((person, post) for person, post in asked.report[name]) for name in ("removed", "added")
    )
    return Move(removed, added)


def _check(plan: ProposalPlan, pair: Pair, question: PairQuestion) -> None:
    if not plan.snapshot.side_rules or not plan.is_for_best_total:
        raise ExactAlreadyError(_("本方案没有附加规则，或不按总匹配度最高安排，页面所列已是确切结果。"))
    is_there = plan.post_of.get(pair[0]) == pair[1]
    if question == PairQuestion.WITHOUT and not is_there:
        raise NotInPlanError(_("该人选不在该岗位上。请刷新页面后重试。"))
    if question == PairQuestion.WITH:
        plan.check_admissible(pair)
        if is_there:
            raise NotInPlanError(_("该人选已经安排在该岗位上。"))


def _report(plan: ProposalPlan, cost: ExactCost, progress: Progress) -> dict[str, Any]:
    pair = plan.indices((cost.nomination_id, cost.campaign_post_id))
    asked = WhatIf(plan, person=pair[0], post=pair[1])
    problem = _problem(asked, pair, PairQuestion(cost.question))
    if problem is None:
        return {"status": IMPOSSIBLE}
    progress(1, N_STEPS, say("按附加规则求解"))
    searching, seconds = Searching(cost), finding.SECONDS
    order = replace(plan.snapshot.order(plan.proposal.run.seed), reference=tuple(sorted(asked.standing)))
    with searching.watched():
        status, found = _solve(problem, plan, order, searching, seconds)
    how = {"status": status.value, "limit_seconds": seconds, "is_stopped": searching.is_stopped}
    return how if found is None else how | _difference(plan, asked, found)


def _problem(asked: WhatIf, pair: Pair, question: PairQuestion) -> AssignmentProblem | None:
    """What stays by hand stays, with the pair or without it; None when that leaves no plan even without the rules."""
    if question == PairQuestion.WITHOUT:
        return replace(asked.problem, forbidden=(*asked.problem.forbidden, pair))
    if asked.with_pair(pair) is None:
        return None
    locked = tuple(sorted({*asked.fixed, pair}, key=lambda one: one[::-1]))
    forbidden = tuple(one for one in asked.problem.forbidden if one != pair)
    return replace(asked.problem, locked=locked, forbidden=forbidden)


def _solve(
    problem: AssignmentProblem, plan: ProposalPlan, order: TieOrder, searching: Searching, seconds: float
) -> tuple[Status, SideRulePlan | None]:
    choice = Choice(order, searching.interruption, searching.watch)
    free = solve_assignment(problem)
    return solve_with_rules(problem, plan.snapshot.side_rules, free, seconds=seconds, choice=choice)


def _difference(plan: ProposalPlan, asked: WhatIf, found: SideRulePlan) -> dict[str, Any]:
    """What the plan found is behind the plan as it stands, what the bound leaves open, and who moves."""
    standing, pairs = plan.total(plan.post_of), frozenset(found.pairs)
    posts = np.array([post for _person, post in asked.standing], dtype=np.int64)
    before = count_by_priority(plan.problem, posts)
    return {
        "places": len(plan.post_of) - found.n_assigned,
        "least_places": len(plan.post_of) - found.places_bound,
        "by_priority": [
            had - has for (_priority, had), (_same, has) in zip(before, found.n_by_priority, strict=True)
        ],
        "loss": round(standing - found.total_score, DIGITS) + 0.0,
        "least_loss": round(standing - found.bound, DIGITS) + 0.0,
        "removed": [list(plan.ids(one)) for one in sorted(asked.standing - pairs)],
        "added": [list(plan.ids(one)) for one in sorted(pairs - asked.standing)],
        "seconds": round(found.seconds, 3),
    }
