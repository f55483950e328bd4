"""The best plan that keeps every side rule: snapshot to problem, one call, and what each rule costs."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem, AssignmentSolution, TieOrder
from secondment.algorithms.assignment.equals import Ties
from secondment.algorithms.assignment.network import reduce_problem
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.assignment.solve import count_by_priority
from secondment.algorithms.interruption import Interruption
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.counts import GroupCaps, RegionCounts
from secondment.algorithms.side_rules.problem import Goal, SideRuleProblem
from secondment.algorithms.side_rules.rows import Rule
from secondment.algorithms.side_rules.solution import SideRuleSolution, Status
from secondment.matching.side_rules.kinds import rule_of
from secondment.matching.side_rules.stated import StatedRule

if TYPE_CHECKING:
    from secondment.algorithms.side_rules.pricing import Relaxation

SECONDS_PER_RULE = 10.0
SHORTEST = 0.5
STARTING_PER_POST = 10
PRECISE = 1e-6
NO_PLAN = frozenset({Status.INFEASIBLE, Status.UNKNOWN})
BeforeEach = Callable[[int], None]
# Time to choose among equally good plans, beyond the time of the search itself.
SECONDS_FOR_TIES = 60.0


@dataclass(frozen=True, eq=False)
class Choice:
    """How one of several equally good plans is chosen (any without an `order`), who watches the search, who may stop it.

    `watch` is told of "places", "priority 1" and so on, "score", in this order, with the value of the best plan so far and
    the bound; of "early_score" where priorities are still to come.
    """

    order: TieOrder | None = None
    interruption: Interruption = field(default_factory=Interruption)
    watch: Callable[[str, float, float], None] = lambda _goal, _value, _bound: None


@dataclass(frozen=True, eq=False)
class SideRulePlan:
    """A plan under side rules; the fields an exact plan has too, and `places_bound`, the most places any plan fills.

    `ties` are pairs that are certainly tied: those in which the plan differs from an equally good one that was found
    before it; there may be more. `is_nearest` when no plan as good is nearer to the reference, proven.
    """

    status: Status
    pairs: tuple[Pair, ...]
    rows: IntArray
    n_assigned: int
    n_by_priority: tuple[tuple[int, int], ...]
    total_score: float
    bound: float
    gap: float
    seconds: float
    solver: str
    version: str
    places_bound: int
    ties: Ties
    is_nearest: bool


@dataclass(frozen=True)
class RulePrice:
    """What the plan would gain without one rule; `is_proven` when both plans are proven best."""

    key: int
    n_more: int
    score: float
    is_proven: bool


def solve_with_rules(
    problem: AssignmentProblem,
    rules: Sequence[StatedRule],
    free: AssignmentSolution,
    *,
    seconds: float = math.inf,
    choice: Choice | None = None,
) -> tuple[Status, SideRulePlan | None]:
    """Fill the most places, those of higher priority first, then reach the highest total score, all rules kept.

    `free` is the best plan without the rules. Where every place can be filled, priorities say nothing and would only
    make the search longer. No plan comes with `INFEASIBLE` (proven) or `UNKNOWN` (no plan within the seconds).
    """
    choice = choice or Choice()
    clock, start = Clock(seconds, choice.interruption), None
    stated = [*_given(problem), *(rule_of(rule, problem.n_people) for rule in rules)]
    n_places, has_levels = int(problem.capacity.sum()), int(problem.level.max(initial=0)) > 0
    if not has_levels or free.n_assigned == n_places:
        status, start = _solve(problem, stated, free, clock, choice, by_priority=False)
        is_full = start is not None and start.n_assigned == n_places
        if not has_levels or is_full or status is Status.INFEASIBLE:
            return status, start
        if start is not None and clock.is_over():
            return _without_priorities(start, free)
    return _solve(problem, stated, free, clock, choice, by_priority=True, start=start)


def _without_priorities(plan: SideRulePlan, free: AssignmentSolution) -> tuple[Status, SideRulePlan]:
    """A plan that keeps the rules, found before the search came to the priorities: it is not proven to be the best."""
    bound = max(plan.total_score, free.bound)
    status = Status.STOPPED_AT_LIMIT
    unproven = replace(plan, status=status, bound=bound, gap=bound - plan.total_score, is_nearest=False)
    return status, unproven


def rule_prices(
    problem: AssignmentProblem,
    rules: Sequence[StatedRule],
    plan: SideRulePlan,
    free: AssignmentSolution,
    *,
    before_each: BeforeEach,
    interruption: Interruption | None = None,
) -> list[RulePrice]:
    """What each rule costs: the plan found without it, less the plan with it; ends early when asked to."""
    prices = []
    for number, rule in enumerate(rules):
        if interruption is not None and interruption.is_requested:
            break
        before_each(number)
        others = _without(rules, number)
        status, looser = solve_with_rules(problem, others, free, seconds=SECONDS_PER_RULE)
        if looser is not None:
            n_more = looser.n_assigned - plan.n_assigned
            is_proven = status is plan.status is Status.OPTIMAL
            prices.append(RulePrice(rule.key, n_more, looser.total_score - plan.total_score, is_proven))
    return prices


def _solve(
    problem: AssignmentProblem,
    rules: Sequence[Rule],
    free: AssignmentSolution,
    clock: Clock,
    choice: Choice,
    *,
    by_priority: bool,
    start: SideRulePlan | None = None,
) -> tuple[Status, SideRulePlan | None]:
    """One search over all pairs that locks and prohibitions leave, from the plan `start` on if there is one."""
    from secondment.algorithms.side_rules.highs import version
    from secondment.algorithms.side_rules.solve import Limits, solve_with_side_rules

    usable = usable_rows(problem)
    stated = _side_rule_problem(problem, rules, usable, choice.order, by_priority=by_priority)
    limits = Limits(
        seconds=max(clock.left(), SHORTEST),
        interruption=choice.interruption,
        tie_seconds=SECONDS_FOR_TIES,
        watch=_Teller(
            choice.watch,
            [goal.name for goal in stated.goals],
            n_before_priorities=0 if by_priority else _n_before_priorities(problem),
        ),
    )
    first = None if start is None else np.searchsorted(usable, start.rows)
    solution = solve_with_side_rules(stated, limits, first)
    if solution.status in NO_PLAN:
        return solution.status, None
    rows = np.sort(usable[solution.chosen])
    total = float(problem.score[rows].sum())
    bound = max(total, _score_bound(solution, free))
    name, _, number = version().partition(" ")
    return solution.status, SideRulePlan(
        status=solution.status,
        pairs=tuple(zip(problem.person[rows].tolist(), problem.post[rows].tolist(), strict=True)),
        rows=rows,
        n_assigned=len(rows),
        n_by_priority=count_by_priority(problem, problem.post[rows]),
        total_score=total,
        bound=bound,
        gap=bound - total,
        seconds=clock.passed(),
        solver=name,
        version=number,
        places_bound=min(
            start.places_bound if start else free.n_assigned, int(solution.goals[0].bound + PRECISE)
        ),
        ties=_ties(solution, usable, choice.order),
        is_nearest=_is_nearest(solution, choice.order),
    )


@dataclass
class _Teller:
    """Passes on what was found under the name that the goal has for people: places first, score last.

    A plan that fills fewer than `n_before_priorities` places is searched again by priority, so that its score is early.
    """

    watch: Callable[[str, float, float], None]
    names: Sequence[str]
    n_before_priorities: int
    is_short: bool = False

    def __call__(self, name: str, value: float, bound: float) -> None:
        """Tell of a better plan or bound."""
        number = self.names.index(name)
        if number == 0:
            self.is_short = value < self.n_before_priorities
            self.watch("places", value, bound)
        elif number < len(self.names) - 1:
            self.watch(f"priority {number}", value, bound)
        else:
            self.watch("early_score" if self.is_short else "score", value, bound)


def _n_before_priorities(problem: AssignmentProblem) -> int:
    """Where fewer places are filled, priorities count; 0 where all posts have the same."""
    return int(problem.capacity.sum()) if problem.level.max(initial=0) > 0 else 0


def _ties(solution: SideRuleSolution, usable: IntArray, order: TieOrder | None) -> Ties:
    """Pairs that an equally good plan does not have, because the tie goals have changed them."""
    nothing = np.zeros(0, dtype=np.int64)
    if solution.before_ties is None:
        return Ties(nothing, nothing)
    changed = np.sort(usable[np.setdiff1d(solution.chosen, solution.before_ties)])
    return Ties(changed, nothing) if order is not None and order.reference else Ties(nothing, changed)


def _is_nearest(solution: SideRuleSolution, order: TieOrder | None) -> bool:
    """Whether the first tie goal, nearness, is proven, among plans that are proven best."""
    is_best = solution.status is Status.OPTIMAL
    has_reference = order is not None and bool(order.reference)
    return is_best and has_reference and bool(solution.ties) and solution.ties[0].gap <= PRECISE


def _score_bound(solution: SideRuleSolution, free: AssignmentSolution) -> float:
    """No plan that fills what can be filled scores above this."""
    *before, score = solution.goals
    return score.bound if all(goal.gap <= PRECISE for goal in before) else free.bound


def relaxation_of(
    problem: AssignmentProblem, rules: Sequence[StatedRule], plan: SideRulePlan, *, seconds: float
) -> tuple[IntArray, "Relaxation"]:
    """Rows of usable pairs, and the relaxed problem of the highest score among plans that fill as many places."""
    from secondment.algorithms.side_rules.model import build_model
    from secondment.algorithms.side_rules.pricing import best_per_post, relax

    usable = usable_rows(problem)
    given = [*_given(problem), *(rule_of(rule, problem.n_people) for rule in rules)]
    stated = _side_rule_problem(problem, given, usable, None, by_priority=False)
    fill, score = stated.goals[:2]
    is_full = plan.n_assigned == int(problem.capacity.sum())
    model = build_model(stated, full=is_full)
    if not is_full:
        model = model.with_floor(fill.value, float(plan.n_assigned), fill.name)
    best = best_per_post(stated.post, np.arange(len(usable)), score.value, STARTING_PER_POST)
    start = np.union1d(best, np.searchsorted(usable, plan.rows))
    return usable, relax(model, score.value, np.zeros(model.n_extras), start, Clock(seconds))


def usable_rows(problem: AssignmentProblem) -> IntArray:
    """Rows of the pairs that locks and prohibitions leave, those of the locks included."""
    reduced = reduce_problem(problem)
    return np.union1d(reduced.rows, reduced.locked_rows)


def _without(rules: Sequence[StatedRule], number: int) -> list[StatedRule]:
    return [*rules[:number], *rules[number + 1 :]]


def _side_rule_problem(
    problem: AssignmentProblem,
    rules: Sequence[Rule],
    rows: IntArray,
    order: TieOrder | None,
    *,
    by_priority: bool,
) -> SideRuleProblem:
    """Goals: places, then places of each priority but the last, then score."""
    from secondment.algorithms.side_rules.ties import tie_goals

    person, post, score = problem.person[rows], problem.post[rows], problem.score[rows]
    levels = problem.level[post]
    n_levels = int(problem.level.max(initial=0)) if by_priority else 0
    goals = [*((levels == level).astype(np.float64) for level in range(n_levels)), score]
    return SideRuleProblem(
        n_people=problem.n_people,
        n_posts=problem.n_posts,
        person=person,
        post=post,
        score=goals[0],
        capacity=problem.capacity,
        rules=rules,
        further_goals=[Goal(f"goal {number}", goal) for number, goal in enumerate(goals[1:], start=1)],
        tie_goals=() if order is None else tie_goals(order, problem.n_people, person, post),
    )


def _given(problem: AssignmentProblem) -> list[Rule]:
    """Caps of home units, and locked pairs."""
    found: list[Rule] = []
    if len(problem.cap):
        found.append(GroupCaps(problem.group, problem.cap))
    if problem.locked:
        has = np.zeros(problem.n_people, dtype=bool)
        has[[person for person, _post in problem.locked]] = True
        posts, counts = np.unique([post for _person, post in problem.locked], return_counts=True)
        region = np.full(problem.n_posts, NO_GROUP, dtype=np.int64)
        region[posts] = np.arange(len(posts))
        found.append(RegionCounts(region, has, counts, counts))
    return found
