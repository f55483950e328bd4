"""Start a run, and carry it out: snapshot, fit, assignment, explanation, rows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any

import numpy as np
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment import (
    AssignmentProblem,
    AssignmentSolution,
    LockError,
    solve_assignment,
)
from secondment.algorithms.assignment.certificate import FORMAT as CERTIFICATE_FORMAT
from secondment.algorithms.fit import FitError, weight_array
from secondment.audit.services import record
from secondment.campaigns.holding import lapses_of_run
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.common.sentences import say
from secondment.jobs.services import start_job
from secondment.matching.choices import RunState, TieKind
from secondment.matching.errors import (
    LocksContradictError,
    NoPlanYetError,
    NothingToMatchError,
    RunEndedError,
    SideRulesContradictError,
    WeightsError,
)
from secondment.matching.evidence import evidence_of
from secondment.matching.explanation import RunExplanation
from secondment.matching.models import MatchingRun, Proposal
from secondment.matching.nearness import nearness_of
from secondment.matching.obstacles import Verdict, packed
from secondment.matching.queries import Summary, summary_of
from secondment.matching.rules import require_may_compute
from secondment.matching.run_facts import take_facts
from secondment.matching.services.finding import N_STEPS, Progress, RunResult, find_under_rules, result_of
from secondment.matching.services.keeping import keep_plan
from secondment.matching.services.lock_costs import lock_costs
from secondment.matching.services.reviewing import lock_reviewed
from secondment.matching.services.searching import Searching
from secondment.matching.services.side_rules import check_rules
from secondment.matching.side_rules import solving
from secondment.matching.side_rules.bounds import best_with_each, pack_bounds
from secondment.matching.side_rules.solving import SideRulePlan
from secondment.matching.snapshot import FORMAT, Snapshot, pack
from secondment.matching.snapshot_facts import take_snapshot

JOB = "matching.run"
SECONDS_KEPT = 300


def start_run(campaign: Campaign, *, weights: Mapping[str, int], by: User, at: dt.datetime) -> MatchingRun:
    """Queue a run with these weights; they become the campaign's own.

    Raises `NotInReviewError`, `WeightsError`, `LapsedError`, `SideRuleError`.
    """
    require_may_compute(by, campaign)
    _check_weights(weights)
    with transaction.atomic():
        locked = lock_reviewed(campaign)
        refuse_lapsed(lapses_of_run(locked))
        check_rules(locked)
        last = (
            MatchingRun.objects.filter(campaign=locked)
            .defer("snapshot", "facts", "bounds")
            .order_by("-number")
            .first()
        )
        run = MatchingRun.objects.create(
            campaign=locked,
            number=1 if last is None else last.number + 1,
            seed=_seed_of(locked) if last is None else last.seed,
            weights=dict(weights),
            created_by=by,
            created_at=at,
        )
        locked.weights = dict(weights)
        locked.save(update_fields=["weights"])
        job = start_job(JOB, {"run_id": run.pk}, by=by, at=at)
        run.job_id = job.pk
        run.save(update_fields=["job_id"])
        record("matching_run.start", run, by=by, at=at, details={"weights": dict(weights)})
    return run


def execute_run(run: MatchingRun, *, at: dt.datetime, progress: Progress) -> Proposal:
    """Carry out a queued run and write its first proposal; all rows or none.

    Raises `LapsedError`, `NothingToMatchError`, `LocksContradictError`, `SideRulesContradictError`,
    `NoPlanInTimeError`.
    """
    MatchingRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, progress={})
    progress(0, N_STEPS, say("读取名单、岗位和审查结果，计算匹配度"))
    refuse_lapsed(lapses_of_run(run.campaign))
    run.reference = reference_of(run.campaign)
    snapshot = take_snapshot(run.campaign, run.reference).with_neutral_values(run.weights)
    run.facts = take_facts(run.campaign, snapshot.nominations, snapshot.posts)
    try:
        found = _find(snapshot, run, progress)
    except SideRulesContradictError as error:
        _keep_contradiction(run, snapshot, error.verdict)
        raise
    run.bounds = _bounds(found)
    locks = lock_costs(found, partial(progress, 4, N_STEPS))
    progress(5, N_STEPS, say("保存方案"))
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        return _save(run, found, locks, at=at)


def reference_of(campaign: Campaign) -> Proposal | None:
    """The plan that a new run stays near to: the adopted one, else the last one of the last run."""
    known = Proposal.objects.filter(run__campaign=campaign).select_related("run")
    return known.order_by("-is_chosen", "-run__number", "-pk").first()


@transaction.atomic
def stop_run(run: MatchingRun, *, by: User, at: dt.datetime) -> None:
    """Let a search under side rules end with the best plan it has; asking again while it runs changes nothing.

    Raises `RunEndedError`, `NoPlanYetError`.
    """
    require_may_compute(by, run.campaign)
    locked = MatchingRun.objects.select_for_update().defer("snapshot", "facts", "bounds").get(pk=run.pk)
    if locked.state in {RunState.DONE, RunState.FAILED}:
        raise RunEndedError(_("计算已经结束，不能再停止。请刷新页面查看结果。"))
    if locked.is_stop_requested:
        return
    if locked.state != RunState.RUNNING or not locked.progress:
        raise NoPlanYetError(_("尚未找到可以采用的方案，请稍后再停止；不需要本次计算的，可以取消。"))
    locked.is_stop_requested = True
    locked.save(update_fields=["is_stop_requested"])
    record("matching_run.stop", run, by=by, at=at)


def fail_run(*, run_id: int) -> None:
    """Show that a run came to nothing."""
    MatchingRun.objects.filter(pk=run_id).exclude(state=RunState.DONE).update(state=RunState.FAILED)


def solve_snapshot(
    snapshot: Snapshot, weights: Mapping[str, float], seed: int = 0
) -> tuple[AssignmentProblem, AssignmentSolution]:
    """The problem of a snapshot under these weights, and its proven optimum: of several the one nearest to the reference."""
    if not len(snapshot.admissible):
        raise NothingToMatchError(
            _(
                "没有可以匹配的人选和岗位：共 %(people)d 名人选、%(posts)d 个岗位。请检查岗位、推荐和资格审查结果。"
            )
            % {"people": len(snapshot.nominations), "posts": len(snapshot.posts)}
        )
    try:
        problem = snapshot.problem(weights)
    except LockError as error:
        raise LocksContradictError(_locks_message(snapshot)) from error
    return problem, solve_assignment(problem, snapshot.order(seed))


@dataclass(frozen=True)
class Preview:
    """The best plan under other weights: its figures, the places there are, and what each component rests on."""

    summary: Summary
    n_places: int
    n_people: int
    components: dict[str, dict[str, Any]]


def preview_weights(campaign: Campaign, weights: Mapping[str, float]) -> Preview:
    """The best plan under these weights; nothing is stored.

    Facts are read again after five minutes at most; a run always reads them afresh.
    """
    snapshot = recent_snapshot(campaign).with_neutral_values(weights)
    problem, solution = solve_snapshot(snapshot, weights)
    rows = solution.rows
    summary = summary_of(problem.score[rows].tolist(), snapshot.admissible.components[rows])
    return Preview(summary, int(problem.capacity.sum()), problem.n_people, evidence_of(snapshot))


def forget_snapshot(campaign: Campaign) -> None:
    """Read the facts again at the next preview."""
    cache.delete(_key(campaign))


def _find(snapshot: Snapshot, run: MatchingRun, progress: Progress) -> RunResult:
    """Solve and explain: the exact way without side rules, else the way that keeps them."""
    progress(1, N_STEPS, say("求解最优方案"))
    problem, solution = solve_snapshot(snapshot, run.weights, run.seed)
    explanation = RunExplanation(snapshot, problem, solution, run.weights)
    if snapshot.side_rules:
        return find_under_rules(snapshot, problem, explanation, progress, Searching(run), run.seed)
    progress(3, N_STEPS, say("说明每个岗位的其他人选"))
    return result_of(explanation)


def _keep_contradiction(run: MatchingRun, snapshot: Snapshot, verdict: Verdict) -> None:
    """What cannot hold together, with the snapshot that it is about, for the page of the run that failed."""
    kept = {
        "smallest": [packed(one) for one in verdict.smallest],
        "relaxed": [packed(one) for one in verdict.relaxed],
        "is_proven": verdict.is_proven,
    }
    MatchingRun.objects.filter(pk=run.pk).update(
        report={"contradiction": kept} if verdict.smallest else {}, snapshot=pack(snapshot)
    )


def _bounds(found: RunResult) -> str:
    """Under side rules: above what no plan with a pair scores; empty where nothing is proven."""
    if not isinstance(found.solution, SideRulePlan):
        return ""
    rules = found.snapshot.side_rules
    best = best_with_each(found.problem, rules, found.solution, seconds=solving.SECONDS_PER_RULE)
    return "" if best is None else pack_bounds(best)


def _seed_of(campaign: Campaign) -> int:
    """The seed of a campaign's lot, from what everybody knows of it; its runs all keep that of the first."""
    known = f"{campaign.owner_unit.name}|{campaign.name}|{campaign.starts_on}"
    return int.from_bytes(blake2b(known.encode(), digest_size=4).digest()) >> 1


def recent_snapshot(campaign: Campaign) -> Snapshot:
    """The facts of the campaign, at most five minutes old."""
    snapshot: Snapshot | None = cache.get(_key(campaign))
    if snapshot is None:
        snapshot = take_snapshot(campaign)
        cache.set(_key(campaign), snapshot, SECONDS_KEPT)
    return snapshot


def _key(campaign: Campaign) -> str:
    return f"matching.snapshot.{campaign.pk}"


def _check_weights(weights: Mapping[str, int]) -> None:
    try:
        weight_array(weights)
    except FitError as error:
        raise WeightsError(_("权重须为 0 至 100 的整数，并且至少有一项大于 0。请修改后重新计算。")) from error


def _locks_message(snapshot: Snapshot) -> str:
    """Name the locked pairs that are not admissible, or say that locks exceed places or caps."""
    admissible = set(zip(snapshot.admissible.person.tolist(), snapshot.admissible.post.tolist(), strict=True))
    wrong = [pair for pair in snapshot.locked if pair not in admissible]
    if not wrong:
        return _("锁定的人选超过了岗位人数或单位最多派出人数，或与“排除”相矛盾。请解除部分锁定后重新计算。")
    person = Nomination.objects.select_related("person").get(pk=snapshot.nominations[wrong[0][0]])
    post = CampaignPost.objects.select_related("post__host_unit").get(pk=snapshot.posts[wrong[0][1]])
    return _("锁定的“%(person)s → %(post)s”不再符合资格条件。请解除该项锁定，或办理例外批准后重新审查。") % {
        "person": person,
        "post": post,
    }


def _save(run: MatchingRun, found: RunResult, locks: list[dict[str, Any]], *, at: dt.datetime) -> Proposal:
    solution = found.solution
    run.snapshot, run.shortages, run.state = pack(found.snapshot), found.shortages, RunState.DONE
    run.report = {
        "status": solution.status.value,
        "n_assigned": solution.n_assigned,
        "n_places": int(found.problem.capacity.sum()),
        "n_posts": found.problem.n_posts,
        "n_people": found.problem.n_people,
        "n_pairs": found.problem.n_arcs,
        "n_by_priority": [[-priority, n] for priority, n in solution.n_by_priority],
        "total_score": solution.total_score,
        "bound": solution.bound,
        "gap": solution.gap,
        "seconds": round(solution.seconds, 3),
        "solver": solution.solver,
        "version": solution.version,
        "snapshot_format": FORMAT,
        "certificate_format": CERTIFICATE_FORMAT,
        "components": evidence_of(found.snapshot),
        "optimum": [list(pair) for pair in solution.pairs],
        "n_near": _n_posts(found.problem, solution.ties.near),
        "n_drawn": _n_posts(found.problem, solution.ties.drawn),
        "locks": locks,
        **_nearness(run, found),
        **found.side_rules,
    }
    run.save(update_fields=["snapshot", "facts", "bounds", "shortages", "state", "report", "reference"])
    proposal = Proposal.objects.create(
        run=run,
        name=say("计算方案 %(number)d", number=run.number),
        total_score=solution.total_score,
        created_by=run.created_by,
        created_at=at,
    )
    ties = found.solution.ties
    tie_of = dict.fromkeys(ties.near.tolist(), TieKind.NEAR) | dict.fromkeys(
        ties.drawn.tolist(), TieKind.DRAWN
    )
    keep_plan(proposal, found.snapshot, found.problem, found.solution.rows, found, tie_of)
    record(
        "matching_run.finish",
        run,
        by=run.created_by,
        at=at,
        details={"n_assigned": solution.n_assigned, "total_score": solution.total_score},
    )
    return proposal


def _n_posts(problem: AssignmentProblem, rows: IntArray) -> int:
    return len(np.unique(problem.post[rows]))


def _nearness(run: MatchingRun, found: RunResult) -> dict[str, Any]:
    """What changed against the plan before it; nothing for a first run."""
    if run.reference is None:
        return {}
    nominations, posts = found.snapshot.nominations, found.snapshot.posts
    plan = {nominations[person]: posts[post] for person, post in found.solution.pairs}
    is_proven = found.solution.is_nearest
    return {"nearness": nearness_of(run.reference, found.snapshot, run.weights, plan, is_proven=is_proven)}
