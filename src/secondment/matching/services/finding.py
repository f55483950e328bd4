"""What a run finds: the plan and what is said about it, with and without side rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from secondment.algorithms.assignment import AssignmentProblem, AssignmentSolution
from secondment.algorithms.side_rules.solution import Status
from secondment.common.sentences import joined_sentences, say
from secondment.matching.errors import NoPlanInTimeError, SideRulesContradictError
from secondment.matching.explanation import RuledExplanation, RunExplanation, Unplacing, stored_prices
from secondment.matching.services.searching import Searching
from secondment.matching.side_rules.kinds import rule_sentence
from secondment.matching.side_rules.solving import (
    Choice,
    SideRulePlan,
    rule_prices,
    rules_to_drop,
    solve_with_rules,
)
from secondment.matching.snapshot import Snapshot

N_STEPS = 6
SECONDS = 120.0
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
            raise _no_plan(snapshot, problem, free.solution, status, progress)
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
    snapshot: Snapshot,
    problem: AssignmentProblem,
    free: AssignmentSolution,
    status: Status,
    progress: Progress,
) -> SideRulesContradictError | NoPlanInTimeError:
    """Which rules prevent a plan, in plain words."""
    if status is Status.UNKNOWN:
        return NoPlanInTimeError(
            _("在 %(n)d 秒内未找到满足全部附加规则的方案。请减少或放宽附加规则后重新计算。") % {"n": SECONDS}
        )
    sentence_of = {
        rule.key: rule_sentence(rule.kind, rule.values, rule.names) for rule in snapshot.side_rules
    }
    compare = _rule_by_rule(progress, len(snapshot.side_rules))
    droppable = [
        sentence_of[key] for key in rules_to_drop(problem, snapshot.side_rules, free, before_each=compare)
    ]
    if not droppable:
        every = joined_sentences(sentence_of.values())
        return SideRulesContradictError(
            _(
                "附加规则与锁定、派出上限不能同时满足，去掉任何一条仍不能满足：%(rules)s。请放宽其中几条，或解除部分锁定。"
            )
            % {"rules": every}
        )
    return SideRulesContradictError(
        _("附加规则与锁定、派出上限不能同时满足。放宽或删除下列任何一条，其余即可满足：%(rules)s。")
        % {"rules": joined_sentences(droppable)}
    )
