"""The best plan that keeps every side rule: snapshot to problem, one call, and what each rule costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem
from secondment.algorithms.assignment.problem import Indices, Pair
from secondment.algorithms.assignment.solve import count_by_priority
from secondment.algorithms.side_rules.counts import GroupCaps, RegionCounts, RegionShares
from secondment.algorithms.side_rules.couples import BothOrNeither, NotBothIn, SameRegion
from secondment.algorithms.side_rules.problem import Goal, SideRuleProblem
from secondment.algorithms.side_rules.rows import Rule
from secondment.algorithms.side_rules.solution import SideRuleSolution, Status
from secondment.algorithms.side_rules.solve import Limits, solve_with_side_rules
from secondment.algorithms.side_rules.teams import TeamSkills, WholeTeams
from secondment.matching.choices import SideRuleKind
from secondment.matching.side_rules.stated import StatedRule

SECONDS = 120.0
SECONDS_PER_RULE = 15.0


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
    places_bound: float


@dataclass(frozen=True)
class RulePrice:
    """What the plan would gain without one rule; `is_proven` when both plans are proven best."""

    key: int
    n_more: int
    score: float
    is_proven: bool


def solve_with_rules(
    problem: AssignmentProblem, rules: Sequence[StatedRule], *, seconds: float = SECONDS
) -> tuple[Status, SideRulePlan | None]:
    """Fill the most places, those of higher priority first, then reach the highest total score, all rules kept.

    No plan comes with `INFEASIBLE` (proven) or `UNKNOWN` (no plan within the seconds).
    """
    kept = _kept_rows(problem)
    solution = solve_with_side_rules(_side_rule_problem(problem, rules, kept), Limits(seconds=seconds))
    if solution.status in {Status.INFEASIBLE, Status.UNKNOWN}:
        return solution.status, None
    return solution.status, _plan(problem, kept[solution.chosen], solution)


def rules_to_drop(problem: AssignmentProblem, rules: Sequence[StatedRule]) -> list[int]:
    """Keys of the rules each of which, left out alone, lets the others and the locks be kept."""
    return [
        rule.key
        for number, rule in enumerate(rules)
        if solve_with_rules(problem, _without(rules, number), seconds=SECONDS_PER_RULE)[1] is not None
    ]


def rule_prices(
    problem: AssignmentProblem, rules: Sequence[StatedRule], plan: SideRulePlan
) -> list[RulePrice]:
    """What each rule costs: the plan found without it, less the plan with it."""
    prices = []
    for number, rule in enumerate(rules):
        status, free = solve_with_rules(problem, _without(rules, number), seconds=SECONDS_PER_RULE)
        if free is not None:
            n_more = free.n_assigned - plan.n_assigned
            is_proven = status is plan.status is Status.OPTIMAL
            prices.append(RulePrice(rule.key, n_more, free.total_score - plan.total_score, is_proven))
    return prices


def _without(rules: Sequence[StatedRule], number: int) -> list[StatedRule]:
    return [*rules[:number], *rules[number + 1 :]]


def _kept_rows(problem: AssignmentProblem) -> Indices:
    """Rows that are not forbidden; of locked people only the locked pair."""
    keys = problem.post * problem.n_people + problem.person
    locked = dict(problem.locked)
    is_locked_person = np.isin(problem.person, list(locked))
    is_lock = np.isin(keys, [post * problem.n_people + person for person, post in problem.locked])
    forbidden = np.isin(keys, [post * problem.n_people + person for person, post in problem.forbidden])
    return np.flatnonzero(~forbidden & (~is_locked_person | is_lock))


def _side_rule_problem(
    problem: AssignmentProblem, rules: Sequence[StatedRule], kept: Indices
) -> SideRuleProblem:
    """Goals: places, then places of each priority but the last, then score."""
    person, post, score = problem.person[kept], problem.post[kept], problem.score[kept]
    levels = problem.level[post]
    goals = [
        *((levels == level).astype(np.float64) for level in range(int(problem.level.max(initial=0)))),
        score,
    ]
    return SideRuleProblem(
        n_people=problem.n_people,
        n_posts=problem.n_posts,
        person=person,
        post=post,
        score=goals[0],
        capacity=problem.capacity,
        rules=[*_given(problem), *(_rule(rule, problem) for rule in rules)],
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
        case SideRuleKind.REGION_SHARE:
            most = 100 if rule.most is None else rule.most
            return RegionShares(
                rule.group,
                rule.marked(problem.n_people),
                np.full(n_groups, rule.least / 100),
                np.full(n_groups, most / 100),
            )


def _plan(problem: AssignmentProblem, rows: Indices, solution: SideRuleSolution) -> SideRulePlan:
    rows = np.sort(rows)
    pairs = tuple(zip(problem.person[rows].tolist(), problem.post[rows].tolist(), strict=True))
    total = float(problem.score[rows].sum())
    bound = max(total, float(solution.goals[-1].bound))
    return SideRulePlan(
        status=solution.status,
        pairs=pairs,
        rows=rows,
        n_assigned=len(pairs),
        n_by_priority=count_by_priority(problem, problem.post[rows]),
        total_score=total,
        bound=bound,
        gap=bound - total,
        seconds=solution.seconds,
        solver=solution.solver.split()[0],
        version=solution.solver.split()[-1],
        places_bound=float(solution.goals[0].bound),
    )
