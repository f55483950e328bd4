"""The best plan that keeps every side rule: snapshot to problem, one call, and what each rule costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem, AssignmentSolution
from secondment.algorithms.assignment.problem import Indices, Pair
from secondment.algorithms.assignment.solve import count_by_priority
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.counts import GroupCaps, RegionCounts, RegionShares
from secondment.algorithms.side_rules.couples import BothOrNeither, NotBothIn, SameRegion
from secondment.algorithms.side_rules.highs import version as solver_version
from secondment.algorithms.side_rules.problem import Goal, SideRuleProblem
from secondment.algorithms.side_rules.rows import Rule
from secondment.algorithms.side_rules.solution import SideRuleSolution, Status
from secondment.algorithms.side_rules.solve import Limits, solve_with_side_rules
from secondment.algorithms.side_rules.teams import TeamSkills, WholeTeams
from secondment.matching.choices import SideRuleKind
from secondment.matching.side_rules.narrowing import pair_losses, rows_of_attempt
from secondment.matching.side_rules.stated import TEAM_KINDS, StatedRule

SECONDS = 120.0
SECONDS_PER_RULE = 10.0
SHARE_OF_TIME = 0.5
SHORTEST = 0.5
WIDER = 4
PRECISE = 1e-6
DIGITS = 9
NO_PLAN = frozenset({Status.INFEASIBLE, Status.UNKNOWN})
BeforeEach = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class SideRulePlan:
    """A plan under side rules; the fields an exact plan has too, and `places_bound`, the most places any plan fills."""

    status: Status
    pairs: tuple[Pair, ...]
    rows: Indices
    n_assigned: int
    n_by_priority: tuple[tuple[int, int], ...]
    total_score: float
    bound: float
    gap: float
    seconds: float
    solver: str
    version: str
    places_bound: int


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
    seconds: float = SECONDS,
) -> tuple[Status, SideRulePlan | None]:
    """Fill the most places, those of higher priority first, then reach the highest total score, all rules kept.

    `free` is the best plan without the rules. Pairs that lose little against it are tried first; the plan found is
    the best of all as soon as it fills the same posts and loses no more than the pairs left out would. No plan comes
    with `INFEASIBLE` (proven) or `UNKNOWN` (no plan within the seconds).
    """
    return _Search(problem, rules, free, Clock(seconds)).run()


def rules_to_drop(
    problem: AssignmentProblem,
    rules: Sequence[StatedRule],
    free: AssignmentSolution,
    *,
    before_each: BeforeEach,
) -> list[int]:
    """Keys of the rules each of which, left out alone, lets the others and the locks be kept."""
    droppable = []
    for number, rule in enumerate(rules):
        before_each(number)
        others = _without(rules, number)
        if solve_with_rules(problem, others, free, seconds=SECONDS_PER_RULE)[1] is not None:
            droppable.append(rule.key)
    return droppable


def rule_prices(
    problem: AssignmentProblem,
    rules: Sequence[StatedRule],
    plan: SideRulePlan,
    free: AssignmentSolution,
    *,
    before_each: BeforeEach,
) -> list[RulePrice]:
    """What each rule costs: the plan found without it, less the plan with it."""
    prices = []
    for number, rule in enumerate(rules):
        before_each(number)
        others = _without(rules, number)
        status, looser = solve_with_rules(problem, others, free, seconds=SECONDS_PER_RULE)
        if looser is not None:
            n_more = looser.n_assigned - plan.n_assigned
            is_proven = status is plan.status is Status.OPTIMAL
            prices.append(RulePrice(rule.key, n_more, looser.total_score - plan.total_score, is_proven))
    return prices


class _Search:
    """Attempts with ever more pairs, until what was left out can no longer matter."""

    def __init__(
        self, problem: AssignmentProblem, rules: Sequence[StatedRule], free: AssignmentSolution, clock: Clock
    ) -> None:
        self.problem, self.free, self.clock = problem, free, clock
        self.rules = [*_given(problem), *(_rule(rule, problem) for rule in rules)]
        self.losses = pair_losses(problem, free)
        grouped = [rule.group >= 0 for rule in rules if rule.kind in TEAM_KINDS]
        self.special = np.flatnonzero(np.any(grouped, axis=0)) if grouped else np.zeros(0, dtype=np.int64)
        self.n_usable = int(np.isfinite(self.losses).sum())
        self.best: Indices | None = None
        self.least_loss = np.inf

    def run(self) -> tuple[Status, SideRulePlan | None]:
        allowance, width = 0.0, 1
        while True:
            rows = rows_of_attempt(self.problem, self.losses, allowance, width, self.special)
            is_all = len(rows) == self.n_usable
            solution = self._attempt(rows, is_last=is_all or allowance > 0)
            loss = self._take(rows[solution.chosen]) if solution.status not in NO_PLAN else np.inf
            if is_all or (solution.status is Status.OPTIMAL and loss <= allowance):
                return self._answer(solution.status)
            if self.clock.is_over():
                return self._answer(Status.UNKNOWN)
            if np.isfinite(self.least_loss) and width > 1:
                allowance = self.least_loss + PRECISE
            else:
                width *= WIDER if np.isinf(self.least_loss) else 2

    def _attempt(self, rows: Indices, *, is_last: bool) -> SideRuleSolution:
        """The best plan of these pairs; the attempt that proves it may take all the time that is left."""
        seconds = self.clock.left() * (1.0 if is_last else SHARE_OF_TIME)
        by_priority = len(rows) == self.n_usable or self.free.n_assigned < int(self.problem.capacity.sum())
        problem = _side_rule_problem(self.problem, self.rules, rows, by_priority=by_priority)
        return solve_with_side_rules(problem, Limits(seconds=max(seconds, SHORTEST)))

    def _take(self, chosen: Indices) -> float:
        """Keep the plan when it is the best so far; what it loses against the plan without rules."""
        if self.best is None or self._worth(chosen) > self._worth(self.best):
            self.best = np.sort(chosen)
        filled, _score = self._worth(chosen)
        if filled != tuple(n for _priority, n in self.free.n_by_priority):
            return np.inf
        loss = max(0.0, self.free.total_score - float(self.problem.score[chosen].sum()))
        self.least_loss = min(self.least_loss, loss)
        return loss

    def _worth(self, chosen: Indices) -> tuple[tuple[int, ...], float]:
        filled = count_by_priority(self.problem, self.problem.post[chosen])
        return tuple(n for _priority, n in filled), round(float(self.problem.score[chosen].sum()), DIGITS)

    def _answer(self, status: Status) -> tuple[Status, SideRulePlan | None]:
        """The best plan with how sure we are of it."""
        if self.best is None:
            return status, None
        status = Status.OPTIMAL if status is Status.OPTIMAL else Status.STOPPED_AT_LIMIT
        rows, free = self.best, self.free
        pairs = tuple(zip(self.problem.person[rows].tolist(), self.problem.post[rows].tolist(), strict=True))
        total = float(self.problem.score[rows].sum())
        is_proven = status is Status.OPTIMAL
        bound = total if is_proven else max(total, free.bound)
        name, _, number = solver_version().partition(" ")
        return status, SideRulePlan(
            status=status,
            pairs=pairs,
            rows=rows,
            n_assigned=len(pairs),
            n_by_priority=count_by_priority(self.problem, self.problem.post[rows]),
            total_score=total,
            bound=bound,
            gap=bound - total,
            seconds=self.clock.passed(),
            solver=name,
            version=number,
            places_bound=len(pairs) if is_proven else free.n_assigned,
        )


def _without(rules: Sequence[StatedRule], number: int) -> list[StatedRule]:
    return [*rules[:number], *rules[number + 1 :]]


def _side_rule_problem(
    problem: AssignmentProblem, rules: Sequence[Rule], rows: Indices, *, by_priority: bool
) -> SideRuleProblem:
    """Goals: places, then places of each priority but the last, then score.

    Where every place can be filled, the priorities say nothing and only make the search longer.
    """
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


def _rule(rule: StatedRule, problem: AssignmentProblem) -> Rule:
    """The stated rule in the words of the algorithm."""
    n_groups = len(rule.names)
    match rule.kind:
        case SideRuleKind.WHOLE_TEAM:
            return WholeTeams(rule.group)
        case SideRuleKind.TEAM_SKILL:
            return TeamSkills(rule.group, rule.marked(problem.n_people), np.full(n_groups, rule.least))
        case SideRuleKind.COUPLE_TOGETHER:
            return BothOrNeither(rule.first, rule.second)
        case SideRuleKind.COUPLE_COUNTY:
            elsewhere = np.where(rule.group < 0, n_groups, rule.group)
            return SameRegion(rule.first, rule.second, elsewhere)
        case SideRuleKind.COUPLE_VILLAGE:
            return NotBothIn(rule.first, rule.second, rule.group >= 0)
        case SideRuleKind.REGION_COUNT:
            most = problem.n_people if rule.most is None else rule.most
            return RegionCounts(
                rule.group,
                rule.marked(problem.n_people),
                np.full(n_groups, rule.least),
                np.full(n_groups, most),
            )
        case _:  # shares by region
            most = 100 if rule.most is None else rule.most
            return RegionShares(
                rule.group,
                rule.marked(problem.n_people),
                np.full(n_groups, rule.least / 100),
                np.full(n_groups, most / 100),
            )
