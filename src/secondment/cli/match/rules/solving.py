"""From rules and facts to a solved problem, with the solver's outcome turned into words and exit codes."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment import TieOrder
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.side_rules.conflict import (
    Conflict,
    ConflictStatus,
    find_conflict,
    is_contradictory,
)
from secondment.algorithms.side_rules.highs import SolverError
from secondment.algorithms.side_rules.problem import BadProblemError, SideRuleProblem
from secondment.algorithms.side_rules.solution import GoalOutcome, SideRuleSolution, Status
from secondment.algorithms.side_rules.solve import Limits, solve_with_side_rules
from secondment.algorithms.side_rules.ties import tie_goals
from secondment.cli.contract import ExitCode, NoSolutionError, ProgressCallback
from secondment.cli.match.rules.demand import value_as_json
from secondment.cli.match.rules.reader import World
from secondment.cli.match.rules.rules_file import NamedGoal, NamedRule
from secondment.cli.stopping import interruptible, stoppable
from secondment.files.problems import BadInputError

EXIT_CODES = {
    Status.OPTIMAL: ExitCode.DONE,
    Status.WITHIN_TOLERANCE: ExitCode.DONE,
    Status.STOPPED_AT_LIMIT: ExitCode.STOPPED_AT_LIMIT,
    Status.UNKNOWN: ExitCode.STOPPED_AT_LIMIT,
}
MOST_SECONDS = 300.0
PRECISE = 1e-6
# A first look at contradictions takes seconds at campaign size; the solver's own proof takes ten times as long.
MOST_CHECKED_PAIRS = 300_000
MOST_CHECK_SECONDS = 10.0


@dataclass(frozen=True, eq=False)
class Ruled:
    """A problem with its rules and goals by name, and its solution."""

    world: World
    rules: tuple[NamedRule, ...]
    goals: tuple[NamedGoal, ...]
    problem: SideRuleProblem
    solution: SideRuleSolution

    @property
    def exit_code(self) -> ExitCode:
        """Done, or stopped at the limit."""
        return EXIT_CODES[self.solution.status]

    @property
    def is_nearest(self) -> bool:
        """Whether the plan is proven best, and nearest to the earlier one among the best."""
        solution = self.solution
        is_proven = bool(solution.ties) and solution.ties[0].gap <= PRECISE
        return solution.status is Status.OPTIMAL and is_proven

    @property
    def pairs(self) -> list[Pair]:
        """Who goes where, as indices."""
        return list(zip(self.person.tolist(), self.post.tolist(), strict=True))

    @property
    def notes(self) -> tuple[str, ...]:
        """What was accepted in the rules but may not be meant."""
        return tuple(note for rule in self.rules for note in rule.notes)

    @property
    def person(self) -> IntArray:
        """Who is placed, as indices."""
        return self.problem.person[self.solution.chosen]

    @property
    def post(self) -> IntArray:
        """Where each of them goes, as indices."""
        return self.problem.post[self.solution.chosen]


def solve_ruled(
    world: World,
    score: FloatArray,
    rules: Sequence[NamedRule],
    goals: Sequence[NamedGoal],
    arguments: argparse.Namespace,
    show: ProgressCallback,
    order: TieOrder,
) -> Ruled:
    """Solve within the limits of the command line; of equally good plans the first by `order`.

    Raises
    ------
    NoSolutionError
        When no plan keeps all rules; it names the smallest set of demands that contradict one another.
    BadInputError
        For scores or goals beyond what the solver can distinguish.
    """
    problem = _problem(world, score, rules, goals, order)
    seconds = arguments.seconds or MOST_SECONDS
    limits = Limits(seconds, arguments.tolerance or 0.0, tie_seconds=seconds)
    solution = _solution(problem, limits, show)
    if solution is None or solution.status is Status.INFEASIBLE:
        with stoppable(show, "finding the conflict", share=0.5, limit=limits.seconds, reached=_reached):
            conflict = find_conflict(problem, seconds=limits.seconds)
        if conflict.status is ConflictStatus.NONE:
            raise SolverError("no plan was found, but nothing contradicts")
        raise NoSolutionError(_conflict_text(conflict, rules))
    return Ruled(world, tuple(rules), tuple(goals), problem, solution)


def _solution(problem: SideRuleProblem, limits: Limits, show: ProgressCallback) -> SideRuleSolution | None:
    """The solver's answer; None when the rules are seen to contradict one another before it begins."""
    with interruptible(show, "matching", share=0.2, limit=limits.seconds) as interruption:
        quick = min(limits.seconds, MOST_CHECK_SECONDS)
        if problem.n_arcs <= MOST_CHECKED_PAIRS and is_contradictory(problem, seconds=quick):
            return None
        return solve_with_side_rules(problem, replace(limits, interruption=interruption))


def ruled_result(ruled: Ruled) -> dict[str, object]:
    """The keys every result of `match` has, then goals and rules; `pairs` and `seconds` are added by the caller."""
    goals = [_goal(outcome, is_least=is_least) for outcome, is_least in _outcomes(ruled)]
    total = goals[1] if goals else {"value": None, "bound": None}
    return {
        "status": ruled.solution.status.value,
        "n_assigned": len(ruled.solution.chosen),
        "total_score": total["value"],
        "bound": total["bound"],
        "gap": _finite(ruled.solution.gap),
        "goals": goals,
        "rules": [_rule(rule, ruled) for rule in ruled.rules] if goals else [],
        "notes": list(ruled.notes),
    }


def ruled_summary(ruled: Ruled, out: object) -> str:
    """One line for the terminal."""
    if ruled.solution.status is Status.UNKNOWN:
        return f"no plan that keeps all rules was found in time; allow more --seconds; the status is in {out}"
    n_places = int(ruled.world.places.sum())
    goals = "; ".join(
        f"{goal['name']} {goal['value']:,g} (bound {goal['bound']:,g})"
        for goal in (_goal(outcome, is_least=is_least) for outcome, is_least in _outcomes(ruled))
    )
    return f"{len(ruled.solution.chosen)} of {n_places} places filled, {ruled.solution.status.value}: {goals}; written to {out}"


def _problem(
    world: World,
    score: FloatArray,
    rules: Sequence[NamedRule],
    goals: Sequence[NamedGoal],
    order: TieOrder,
) -> SideRuleProblem:
    try:
        return SideRuleProblem(
            len(world.people.names),
            len(world.posts.names),
            world.person,
            world.post,
            score,
            capacity=world.places,
            rules=[rule.demand.rule for rule in rules],
            further_goals=[goal.goal for goal in goals],
            tie_goals=tie_goals(order, len(world.people.names), world.person, world.post),
        )
    except BadProblemError as error:
        raise BadInputError.of_file("scores and goals", str(error), "divide them by a constant") from error


def _outcomes(ruled: Ruled) -> list[tuple[GoalOutcome, bool]]:
    is_least = [False, False, *(goal.is_least for goal in ruled.goals)]
    return list(zip(ruled.solution.goals, is_least, strict=False))


def _goal(outcome: GoalOutcome, *, is_least: bool) -> dict[str, object]:
    sign = -1.0 if is_least else 1.0
    return {
        "name": outcome.name,
        "value": _finite(sign * outcome.value),
        "bound": _finite(sign * outcome.bound),
        "gap": _finite(outcome.gap),
    }


def _rule(rule: NamedRule, ruled: Ruled) -> dict[str, object]:
    reached = rule.demand.rule_values(ruled.person, ruled.post)
    return {
        "rule": rule.number,
        "kind": rule.kind,
        "name": rule.name,
        "kept": all(one.is_kept for _name, one in reached),
        "reached": [value_as_json(name, one) for name, one in reached],
    }


def _finite(value: float) -> float | None:
    return round(float(value), 9) + 0.0 if np.isfinite(value) else None


def _reached(seconds: float) -> str:
    return (
        f"nothing was written after {seconds:.0f} s of looking for the conflict; "
        f"--seconds {max(1, round(seconds))} shows the best known by then"
    )


CLAIMS = {
    ConflictStatus.SMALLEST: "no plan keeps these together, and no smaller set of demands contradicts itself",
    ConflictStatus.IRREDUCIBLE: "no plan keeps these together; without any one of them a plan exists",
    ConflictStatus.CONTRADICTORY: "no plan keeps these together; time ran out before the set was made smaller",
    ConflictStatus.UNKNOWN: "no plan keeps all rules; time ran out before the conflict was found",
}


def _conflict_text(conflict: Conflict, rules: Sequence[NamedRule]) -> str:
    names = [
        f"{rule.title}: {part}"
        for rule, n_parts in zip(rules, conflict.n_parts, strict=True)
        for part in rule.demand.parts[:n_parts]
    ]
    lines = [f"  {names[demand]}" for demand in conflict.demands]
    return "\n".join([CLAIMS[conflict.status], *lines])
