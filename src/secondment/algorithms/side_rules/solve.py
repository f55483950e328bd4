"""Side rules solved goal by goal: priced relaxation, integer core, proof."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment import ScoreRangeError
from secondment.algorithms.interruption import Interruption
from secondment.algorithms.side_rules.attempts import Core, CorePlan, Objective
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.core import first_width, quick_plan, solve_core
from secondment.algorithms.side_rules.full import has_enough, pairs_that_fill
from secondment.algorithms.side_rules.highs import SolverError, version
from secondment.algorithms.side_rules.model import Model, build_model
from secondment.algorithms.side_rules.pricing import Relaxation, best_per_post, relax
from secondment.algorithms.side_rules.problem import BadProblemError, Goal, SideRuleProblem
from secondment.algorithms.side_rules.rule_prices import Priced, price_rules
from secondment.algorithms.side_rules.settle import settle
from secondment.algorithms.side_rules.solution import GoalOutcome, SideRuleSolution, Status
from secondment.algorithms.side_rules.ties import Told, tell_apart

STARTING_PER_POST = 10
# From so many pairs on, prices of rules are cheaper than a linear program over pairs.
MANY_PAIRS = 300_000
PRECISE = 1e-6
# Of the time left, so much may go into filling places when not all can be filled.
SHARE_TO_FILL = 0.5
# The weight of a place relative to the largest score, where both are optimised together.
PLACE_IN_SCORES = 10.0
KEPT = 1e-5


# Told of each better plan or bound: the goal's name, the value of the best plan, the bound.
Watch = Callable[[str, float, float], None]


def ignore(_goal: str, _value: float, _bound: float) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Limits:
    """When to stop: total wall `seconds` (none unless asked) or an interruption, and the gap relative to max(1, |value|) that will do.

    `tie_seconds` is the time for the tie goals together, beyond `seconds`. `watch` is told what is found meanwhile.
    """

    seconds: float = math.inf
    tolerance: float = 0.0
    interruption: Interruption = field(default_factory=Interruption)
    tie_seconds: float = math.inf
    watch: Watch = ignore

    def __post_init__(self) -> None:
        """Refuse limits under which nothing could be computed."""
        if not (self.seconds > 0 and self.tie_seconds > 0 and 0 <= self.tolerance < 1):
            raise BadProblemError("`seconds` must be above 0 and `tolerance` in 0 … 1")


@dataclass(frozen=True)
class Attempt:
    """One run over all goals: the problem in canonical order, the relative tolerance per goal, the clock, who watches."""

    problem: SideRuleProblem
    tolerance: float
    clock: Clock
    watch: Watch = ignore


@dataclass(frozen=True, eq=False)
class SolvedGoals:
    """Goals reached so far: the model that keeps them, the plan, the outcomes; `rules` is the model of the rules alone."""

    rules: Model
    model: Model
    plan: CorePlan
    outcomes: tuple[GoalOutcome, ...]

    def keeping(self, goal: Goal) -> "SolvedGoals":
        """The same, with the value of `goal` as one more row."""
        floor = self.plan.value - PRECISE * max(1.0, abs(self.plan.value)) * 0.1
        return replace(self, model=self.model.with_floor(goal.value, floor, goal.name))


def solve_with_side_rules(
    problem: SideRuleProblem, limits: Limits | None = None, start: IntArray | None = None
) -> SideRuleSolution:
    """The plan that keeps every side rule and is best by the goals in their order.

    Parameters
    ----------
    problem : SideRuleProblem
    limits : seconds and tolerance; 300 s and exact when left out.
    start : pairs of a plan that keeps every rule, as another search found it; the plan that comes back is no worse.

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
    first = None if start is None else np.flatnonzero(np.isin(back, start))
    return _solve_ordered(ordered, limits or Limits(), back, first)


def _in_canonical_order(problem: SideRuleProblem) -> tuple[SideRuleProblem, IntArray]:
    """The problem with pairs by post, then person; and the original position of each pair."""
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
        tie_goals=tuple(Goal(goal.name, goal.value[order]) for goal in problem.tie_goals),
    )
    return ordered, order


def _solve_ordered(
    problem: SideRuleProblem, limits: Limits, back: IntArray, start: IntArray | None
) -> SideRuleSolution:
    clock = Clock(limits.seconds, limits.interruption)
    attempt = Attempt(problem, limits.tolerance, clock, limits.watch)
    model = build_model(problem)
    done: SolvedGoals | None
    if start is not None:
        done = reach_filling(attempt, model, start, is_good=True)
    else:
        done = reach_at_size(attempt) or reach_when_full(attempt)
    if done is None:
        plan, status, short = first_plan(problem, model, clock)
        if plan is None:
            return _solution(status, np.zeros(0, dtype=np.int64), (), clock, short)
        done = reach_filling(attempt, model, plan.chosen)
    done = reach_others(attempt, done)
    check_kept(model, done.plan.chosen)
    outcomes = done.outcomes
    found = _solution(status_of(outcomes, limits.tolerance), back[done.plan.chosen], outcomes, clock, ())
    if not problem.tie_goals or limits.interruption.is_requested:
        return found
    told = reach_ties(attempt, done, limits)
    check_kept(model, told.chosen)
    return replace(
        found,
        chosen=back[told.chosen],
        ties=told.outcomes,
        before_ties=back[done.plan.chosen],
        seconds=clock.passed(),
    )


def reach_ties(attempt: Attempt, done: SolvedGoals, limits: Limits) -> Told:
    """The tie goals, each exactly, within a time of their own."""
    exact = replace(
        attempt, tolerance=0.0, clock=Clock(limits.tie_seconds, limits.interruption), watch=ignore
    )

    def reach(model: Model, goal: Goal, start: IntArray) -> tuple[CorePlan, GoalOutcome]:
        return reach_goal(exact, model, goal, start, _starting_arcs(attempt.problem, goal))

    problem = attempt.problem
    return tell_apart(done.rules, problem.goals, problem.tie_goals, done.plan.chosen, reach)


def reach_at_size(attempt: Attempt) -> SolvedGoals | None:
    """The first two goals of a large problem by prices of the rules, without a linear program over its pairs.

    None when the problem is small, has rules with auxiliary quantities, or no plan near those prices fills every place.
    """
    problem, clock = attempt.problem, attempt.clock
    if problem.n_arcs < MANY_PAIRS or not has_enough(problem):
        return None
    full = build_model(problem, full=True)
    priced = None if full.n_extras else _priced(full, problem.goals[1], clock)
    if priced is None:
        return None
    began = clock.passed()
    core = _core_of(attempt, full, problem.goals[1], priced.relaxation)
    first = settle(core, priced.plans, first_width(full, priced.relaxation))
    return None if np.isneginf(first.value) else _both_goals(attempt, core, first, began)


def _priced(model: Model, goal: Goal, clock: Clock) -> Priced | None:
    """Prices of the rules; None also when values spread too widely for them."""
    try:
        return price_rules(model, goal.value, clock)
    except ScoreRangeError:
        return None


def reach_when_full(attempt: Attempt) -> SolvedGoals | None:
    """The first two goals together, if a plan near the best relaxed one fills every place; else None."""
    problem, clock = attempt.problem, attempt.clock
    if not has_enough(problem):
        return None
    score = problem.goals[1]
    full = build_model(problem, full=True)
    active = pairs_that_fill(problem, full, _starting_arcs(problem, score), clock)
    if active is None:
        return None
    began = clock.passed()
    priced = relax(full, score.value, np.zeros(full.n_extras), active, clock)
    nothing = CorePlan(np.zeros(0, dtype=np.int64), -np.inf, np.inf, 0)
    return _both_goals(attempt, _core_of(attempt, full, score, priced), nothing, began)


def _both_goals(attempt: Attempt, core: Core, first: CorePlan, began: float) -> SolvedGoals | None:
    """Every place filled, and the best plan by the score from the plan `first` on; None without any plan."""
    problem = attempt.problem
    fill, score, *_ = problem.goals
    n_places = float(problem.places.sum())
    filled = GoalOutcome(fill.name, n_places, n_places, began, len(core.relaxation.active), 0)
    if not np.isneginf(first.value):
        attempt.watch(fill.name, n_places, n_places)
    plan, outcome = _search(attempt, core, score, first, began)
    return (
        None
        if np.isneginf(plan.value)
        else SolvedGoals(core.model, core.model, plan, (filled, outcome)).keeping(score)
    )


def reach_filling(attempt: Attempt, model: Model, start: IntArray, *, is_good: bool = False) -> SolvedGoals:
    """The first goal alone; if every place is filled after all, this becomes a constraint of the model.

    A `start` that another search has left is good, and nothing of it is given up; others are improved by score too.
    """
    problem, fill = attempt.problem, attempt.problem.goals[0]
    exact = replace(
        attempt, tolerance=0.0, clock=Clock(SHARE_TO_FILL * attempt.clock.left(), attempt.clock.interruption)
    )
    first = start if is_good else plan_by_both(exact, model, start)
    plan, outcome = reach_goal(exact, model, fill, first, _starting_arcs(problem, fill))
    is_full = plan.value == problem.places.sum()
    rules = build_model(problem, full=True) if is_full else model
    reached = rules if is_full else rules.with_floor(fill.value, plan.value, fill.name)
    return SolvedGoals(rules, reached, plan, (outcome,))


def plan_by_both(attempt: Attempt, model: Model, start: IntArray) -> IntArray:
    """A plan that fills much: by places and score together, because places alone leave the search without a guide."""
    problem = attempt.problem
    fill, score = problem.goals[:2]
    place = PLACE_IN_SCORES * max(1.0, float(np.abs(score.value).max(initial=0.0)))
    both = Goal("places and score", place * fill.value + score.value)
    active = np.union1d(_starting_arcs(problem, score), start)
    priced = relax(model, both.value, np.zeros(model.n_extras), active, attempt.clock)
    value = float(both.value[start].sum())
    unwatched = replace(attempt, watch=ignore)  # the sum of both goals says nothing to anybody
    return quick_plan(
        _core_of(unwatched, model, both, priced), CorePlan(start, value, priced.bound, 0)
    ).chosen


def reach_others(attempt: Attempt, done: SolvedGoals) -> SolvedGoals:
    """The remaining goals, each kept while the next is reached."""
    for goal in attempt.problem.goals[len(done.outcomes) :]:
        plan, outcome = reach_goal(
            attempt, done.model, goal, done.plan.chosen, _starting_arcs(attempt.problem, goal)
        )
        done = replace(done, plan=plan, outcomes=(*done.outcomes, outcome)).keeping(goal)
    return done


def first_plan(
    problem: SideRuleProblem, model: Model, clock: Clock
) -> tuple[CorePlan | None, Status, tuple[str, ...]]:
    """A plan that keeps every rule: the empty one, or, with lower counts, the one with the least shortfall."""
    no_one = np.zeros(0, dtype=np.int64)
    short = np.flatnonzero(model.lower > 0)
    needed = float(model.lower[short].sum())
    if len(short) == 0:
        return CorePlan(no_one, 0.0, 0.0, 0), Status.OPTIMAL, ()
    relaxed = model.with_shortfalls(short)
    extra_value = np.concatenate((np.zeros(model.n_extras), -np.ones(len(short))))
    objective = Objective(np.zeros(problem.n_arcs), extra_value, integral=True)
    priced = relax(relaxed, objective.value, extra_value, _starting_arcs(problem, problem.goals[1]), clock)
    plan = solve_core(Core(relaxed, objective, priced, PRECISE, clock), CorePlan(no_one, -needed, 0.0, 0))
    if plan.value >= -PRECISE:
        return plan, Status.OPTIMAL, ()
    missed = model.arcs[:, plan.chosen].sum(axis=1) < model.lower - PRECISE
    status = Status.INFEASIBLE if plan.bound < -PRECISE else Status.UNKNOWN
    return None, status, tuple(model.names[row] for row in np.flatnonzero(missed))


def reach_goal(
    attempt: Attempt, model: Model, goal: Goal, start: IntArray, active: IntArray
) -> tuple[CorePlan, GoalOutcome]:
    """The best plan by one goal among those that keep the goals before it; pricing begins with the `active` pairs."""
    began = attempt.clock.passed()
    first = CorePlan(start, float(goal.value[start].sum()), np.inf, 0)
    active = np.union1d(active, first.chosen)
    priced = relax(model, goal.value, np.zeros(model.n_extras), active, attempt.clock)
    return _search(attempt, _core_of(attempt, model, goal, priced), goal, first, began)


def _core_of(attempt: Attempt, model: Model, goal: Goal, priced: Relaxation) -> Core:
    """What the search needs to know, with the absolute gap at which it may stop."""
    integral = bool((goal.value == np.round(goal.value)).all())
    # The value is not known yet; the bound less the tolerance is used instead.
    share = attempt.tolerance * (1 - attempt.tolerance)
    gap = max(PRECISE, share * max(1.0, abs(priced.bound)))
    objective = Objective(goal.value, np.zeros(model.n_extras), integral)
    return Core(model, objective, priced, gap, attempt.clock, partial(attempt.watch, goal.name))


def _search(
    attempt: Attempt, core: Core, goal: Goal, first: CorePlan, began: float
) -> tuple[CorePlan, GoalOutcome]:
    """The best plan found from `first` on, and how sure it is; `began` is when work on the goal did."""
    plan = solve_core(core, first)
    bound, seconds = max(plan.bound, plan.value), attempt.clock.passed() - began
    return plan, GoalOutcome(goal.name, plan.value, bound, seconds, plan.n_columns, core.relaxation.n_rounds)


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
