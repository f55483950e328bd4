"""What a run finds: the plan and what is said about it, with and without side rules."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from secondment.algorithms.assignment import AssignmentProblem, AssignmentSolution
from secondment.algorithms.side_rules.solution import Status
from secondment.common.sentences import joined_sentences, say
from secondment.matching.errors import NoPlanInTimeError, SideRulesContradictError
from secondment.matching.explanation import RuledExplanation, RunExplanation, Unplacing, stored_prices
from secondment.matching.obstacles import Effort, Kind, Verdict, contradiction_in
from secondment.matching.services.searching import Searching
from secondment.matching.side_rules.kinds import rule_sentence
from secondment.matching.side_rules.solving import (
    Choice,
    SideRulePlan,
    rule_prices,
    solve_with_rules,
)
from secondment.matching.snapshot import Snapshot

N_STEPS = 6
SECONDS = 120.0
# In the background there is time to look for the smallest set.
MOST_PROBES, MOST_NODES = 10_000, 1_000_000
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class RunResult:
    """What a run has found, in row numbers of the snapshot; `side_rules` goes into the run's report."""

    snapshot: Snapshot
    problem: AssignmentProblem
    solution: AssignmentSolution | SideRulePlan
    alternatives: Mapping[int, list[dict[str, Any]]]
    unplaced: Mapping[int, Unplacing]
    shortages: list[dict[str, Any]]
    side_rules: Mapping[str, Any] = field(default_factory=dict)


def result_of(explanation: RunExplanation) -> RunResult:
    """The exact plan and its explanation."""
    return RunResult(
        explanation.snapshot,
        explanation.problem,
        explanation.solution,
        {post: explanation.alternatives(post) for post in explanation.people_of},
        dict(explanation.unplaced()),
        explanation.shortages(),
    )


def find_under_rules(
    snapshot: Snapshot,
    problem: AssignmentProblem,
    free: RunExplanation,
    progress: Progress,
    searching: Searching,
    seed: int,
) -> RunResult:
    """The best plan that keeps the side rules; `free` is the plan without them, for comparison.

    The search ends with its best plan when the user asks for it.
    """
    progress(2, N_STEPS, say("按附加规则求解"))
    rules, interruption = snapshot.side_rules, searching.interruption
    choice = Choice(snapshot.order(seed), interruption, searching.watch)
    compare = _rule_by_rule(progress, len(rules))
    with searching.watched():
        status, plan = solve_with_rules(problem, rules, free.solution, seconds=SECONDS, choice=choice)
        if plan is None:
            raise _no_plan(snapshot, problem, status, progress)
        found = rule_prices(
            problem, rules, plan, free.solution, before_each=compare, interruption=interruption
        )
    prices = stored_prices(found)
    progress(4, N_STEPS, say("说明每个岗位的其他人选"))
    explanation = RuledExplanation(snapshot, problem, plan, free.weights)
    return RunResult(
        snapshot,
        problem,
        plan,
        {post: explanation.alternatives(post) for post in explanation.people_of},
        dict(explanation.unplaced()),
        [*free.shortages(), *prices],
        {
            "n_side_rules": len(snapshot.side_rules),
            "places_bound": plan.places_bound,
            "limit_seconds": SECONDS,
            "is_stopped": searching.is_stopped,
            "without_rules": {
                "n_assigned": free.solution.n_assigned,
                "total_score": free.solution.total_score,
            },
        },
    )


def _rule_by_rule(progress: Progress, n_rules: int) -> Callable[[int], None]:
    """Progress while rules are left out one by one; each step is a sign of life and a chance to cancel."""

    def report(number: int) -> None:
        text = say("逐条比较附加规则（第 %(number)d 条，共 %(n)d 条）", number=number + 1, n=n_rules)
        progress(3, N_STEPS, text)

    return report


def _no_plan(
    snapshot: Snapshot, problem: AssignmentProblem, status: Status, progress: Progress
) -> SideRulesContradictError | NoPlanInTimeError:
    """Which rules prevent a plan, in plain words."""
    if status is Status.UNKNOWN:
        return NoPlanInTimeError(
            _("在 %(n)d 秒内未找到满足全部附加规则的方案。请减少或放宽附加规则后重新计算。") % {"n": SECONDS}
        )
    progress(3, N_STEPS, say("查找不能同时满足的附加规则"))
    verdict = contradiction_in(snapshot, problem, Effort(MOST_PROBES, MOST_NODES, SECONDS))
    return SideRulesContradictError(_contradiction_text(snapshot, verdict), verdict=verdict)


def _contradiction_text(snapshot: Snapshot, verdict: Verdict) -> str:
    """What cannot hold together; links to each stand on the page of the run."""
    of_kind = Counter(one.kind for one in verdict.smallest)
    stated = [
        snapshot.side_rules[one.at]
        for one in verdict.smallest
        if one.kind is Kind.SIDE_RULE and isinstance(one.at, int)
    ]
    parts = [rule_sentence(rule.kind, rule.values, rule.names) for rule in stated]
    if n_locks := of_kind[Kind.LOCK]:
        parts.append(_("锁定 %(n)d 项") % {"n": n_locks})
    if n_caps := of_kind[Kind.CAP]:
        parts.append(_("派出上限 %(n)d 项") % {"n": n_caps})
    values = {"n": len(verdict.smallest), "rules": joined_sentences(parts), "m": len(verdict.relaxed)}
    if not verdict.smallest:
        return _(
            "附加规则与锁定、派出上限不能同时满足，未能查明是哪几项。请放宽附加规则或解除部分锁定后重新计算。"
        )
    return (
        _(
            "附加规则与锁定、派出上限不能同时满足。下列 %(n)d 项合在一起就做不到：%(rules)s。"
            "要得到方案，至少须放宽 %(m)d 项；计算页列出各项及修改的链接。"
        )
        % values
    )
