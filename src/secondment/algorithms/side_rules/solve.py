"""Side rules solved goal by goal: priced relaxation, integer core, proof."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.core import Objective, Plan, solve_core
from secondment.algorithms.side_rules.highs import SolverError, version
from secondment.algorithms.side_rules.model import IntArray, Model, build_model
from secondment.algorithms.side_rules.pricing import best_per_post, relax
from secondment.algorithms.side_rules.problem import BadProblemError, Goal, SideRuleProblem
from secondment.algorithms.side_rules.solution import GoalOutcome, SideRuleSolution, Status

STARTING_PER_POST = 10
PRECISE = 1e-6
KEPT = 1e-5


@dataclass(frozen=True)
class Limits:
    """When to stop: total wall `seconds`, and the gap relative to max(1, |value|) that is good enough per goal."""

    seconds: float = 300.0
    tolerance: float = 0.0

    def __post_init__(self) -> None:
        """Refuse limits under which nothing could be computed."""
        if not (self.seconds > 0 and 0 <= self.tolerance < 1):
            raise BadProblemError("`seconds` must be above 0 and `tolerance` in 0 … 1")


def solve_with_side_rules(problem: SideRuleProblem, limits: Limits | None = None) -> SideRuleSolution:
    """The plan that keeps every side rule and is best by the goals in their order.

    Parameters
    ----------
    problem : SideRuleProblem
    limits : seconds and tolerance; 300 s and exact when left out.

    Returns
    -------
    SideRuleSolution
        Status, chosen pairs, and per goal the value, the proven bound and the gap.

    Raises
    ------
    SolverError
        When HiGHS fails, or its plan breaks a rule when checked by exact counting.

    Notes
    -----
    Each goal is a linear program by column pricing, then an integer program on the pairs whose reduced profit is
    within the gap, which is widened until it covers all pairs (reduced-cost fixing; Dantzig & Wolfe 1960; Balas &
    Martin 1980). A reached goal becomes a row of the next program. One thread and a fixed seed: equal problems give
    equal plans, whatever the order of pairs, unless the time limit strikes.
    """
    ordered, back = _in_canonical_order(problem)
    return _solve_ordered(ordered, limits or Limits(), back)


def _in_canonical_order(problem: SideRuleProblem) -> tuple[SideRuleProblem, IntArray]:
    """The problem with pairs by post, then person; and where each pair stood."""
    order = np.lexsort((problem.person, problem.post))
    ordered = SideRuleProblem(
        n_people=problem.n_people,
        n_posts=problem.n_posts,
        person=np.asarray(problem.person, dtype=np.int64)[order],
        post=np.asarray(problem.post, dtype=np.int64)[order],
        score=np.asarray(problem.score, dtype=np.float64)[order],
        capacity=problem.capacity,
        rules=problem.rules,
        further_goals=tuple(Goal(goal.name, goal.value[order]) for goal in problem.further_goals),
    )
    return ordered, order


def _solve_ordered(problem: SideRuleProblem, limits: Limits, back: IntArray) -> SideRuleSolution:
    clock = Clock(limits.seconds)
    model = build_model(problem)
    plan, status, short = first_plan(problem, model, clock)
    if plan is None:
        return _solution(status, np.zeros(0, dtype=np.int64), (), clock, short)
    fill, *others = problem.goals
    plan, outcome = reach_goal(problem, model, fill, plan.chosen, 0.0, clock)
    outcomes = [outcome]
    is_full = plan.value == problem.places.sum()
    reached = (
        build_model(problem, full=True) if is_full else model.with_floor(fill.value, plan.value, fill.name)
    )
    for goal in others:
        plan, outcome = reach_goal(problem, reached, goal, plan.chosen, limits.tolerance, clock)
        outcomes.append(outcome)
        slack = PRECISE * max(1.0, abs(plan.value)) * 0.1
        reached = reached.with_floor(goal.value, plan.value - slack, goal.name)
    check_kept(model, plan.chosen)
    return _solution(status_of(outcomes, limits.tolerance), back[plan.chosen], tuple(outcomes), clock, ())


def first_plan(
    problem: SideRuleProblem, model: Model, clock: Clock
) -> tuple[Plan | None, Status, tuple[str, ...]]:
    """A plan that keeps every rule: the empty one, or, with lower counts, the one with the least shortfall."""
    nobody = np.zeros(0, dtype=np.int64)
    short = np.flatnonzero(model.lower > 0)
    needed = float(model.lower[short].sum())
    if len(short) == 0:
        return Plan(nobody, 0.0, 0.0, 0), Status.OPTIMAL, ()
    relaxed = model.with_shortfalls(short)
    extra_value = np.concatenate((np.zeros(model.n_extras), -np.ones(len(short))))
    objective = Objective(np.zeros(problem.n_arcs), extra_value, whole=True)
    priced = relax(relaxed, objective.value, extra_value, _starting_arcs(problem, problem.goals[1]), clock)
    plan = solve_core(relaxed, objective, priced, Plan(nobody, -needed, 0.0, 0), PRECISE, clock)
    if plan.value >= -PRECISE:
        return plan, Status.OPTIMAL, ()
    missed = model.arcs[:, plan.chosen].sum(axis=1) < model.lower - PRECISE
    status = Status.INFEASIBLE if plan.bound < -PRECISE else Status.UNKNOWN
    return None, status, tuple(model.names[row] for row in np.flatnonzero(missed))


def reach_goal(
    problem: SideRuleProblem, model: Model, goal: Goal, start: IntArray, tolerance: float, clock: Clock
) -> tuple[Plan, GoalOutcome]:
    """The best plan by one goal among those that keep the goals before it."""
    began = clock.passed()
    whole = bool((goal.value == np.round(goal.value)).all())
    objective = Objective(goal.value, np.zeros(model.n_extras), whole)
    active = np.union1d(_starting_arcs(problem, goal), start)
    priced = relax(model, goal.value, objective.extra_value, active, clock)
    value = float(goal.value[start].sum())
    gap = max(PRECISE, tolerance * max(1.0, abs(value)))
    plan = solve_core(model, objective, priced, Plan(start, value, np.inf, 0), gap, clock)
    bound = max(plan.bound, plan.value)
    seconds = clock.passed() - began
    return plan, GoalOutcome(goal.name, plan.value, bound, seconds, plan.n_columns, priced.n_rounds)


def check_kept(model: Model, chosen: IntArray) -> None:
    """Raise `SolverError` when a row without auxiliary quantities is broken by the plan."""
    reached = np.asarray(model.arcs[:, chosen].sum(axis=1)).ravel()
    plain = np.asarray(abs(model.extras).sum(axis=1)).ravel() == 0
    room = KEPT * np.maximum(1.0, np.abs(reached))
    broken = plain & ((reached < model.lower - room) | (reached > model.upper + room))
    if broken.any():
        raise SolverError(f"the plan breaks “{model.names[int(np.flatnonzero(broken)[0])]}”")


def _starting_arcs(problem: SideRuleProblem, goal: Goal) -> IntArray:
    """The best pairs of each post by the goal, then by score."""
    rank = np.empty(problem.n_arcs)
    rank[np.lexsort((problem.score, goal.value))] = np.arange(problem.n_arcs)
    return best_per_post(problem.post, np.arange(problem.n_arcs), rank, STARTING_PER_POST)


def status_of(outcomes: Sequence[GoalOutcome], tolerance: float) -> Status:
    """How far the proof went over all goals."""
    if all(outcome.gap <= PRECISE for outcome in outcomes):
        return Status.OPTIMAL
    if all(outcome.gap <= max(PRECISE, tolerance) for outcome in outcomes):
        return Status.WITHIN_TOLERANCE
    return Status.STOPPED_AT_LIMIT


def _solution(
    status: Status, chosen: IntArray, goals: tuple[GoalOutcome, ...], clock: Clock, short: tuple[str, ...]
) -> SideRuleSolution:
    return SideRuleSolution(status, chosen, goals, clock.passed(), version(), short)
