"""The plan under side rules keeps them, is the best, and says how sure it is."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from secondment.algorithms.assignment import AssignmentProblem, TieOrder, solve_assignment
from secondment.algorithms.interruption import Interruption
from secondment.algorithms.side_rules.solution import Status
from secondment.matching.choices import SideRuleKind
from secondment.matching.side_rules.kinds import rule_values_of
from secondment.matching.side_rules.solving import (
    Choice,
    SideRulePlan,
    rule_prices,
    solve_with_rules,
    usable_rows,
)
from secondment.matching.side_rules.stated import StatedRule, in_no_group

N_PEOPLE, N_POSTS = 14, 9


def problem_of(seed: int, **fields) -> AssignmentProblem:
    """Most pairs of 14 people and 9 posts, at random scores of two digits."""
    random = np.random.default_rng(seed)
    person, post = np.nonzero(random.random((N_PEOPLE, N_POSTS)) < 0.8)
    order = np.lexsort((person, post))
    score = np.round(random.random(len(person)), 2)
    return AssignmentProblem.of(N_PEOPLE, N_POSTS, person[order], post[order], score, **fields)


def rules_of(seed: int) -> list[StatedRule]:
    """Two couples, two teams with a skill, two regions with shares."""
    random = np.random.default_rng(seed)
    people = random.permutation(N_PEOPLE)
    couples = ((int(people[0]), int(people[1])), (int(people[2]), int(people[3])))
    has = tuple(np.flatnonzero(random.random(N_PEOPLE) < 0.4).tolist())
    teams = np.array([0, 0, 0, 1, 1, -1, -1, -1, -1])
    regions = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1])
    return [
        StatedRule(1, SideRuleKind.COUPLE_TOGETHER, {}, (), in_no_group(N_POSTS), couples=couples),
        StatedRule(2, SideRuleKind.TEAM_SKILL, {"least": 2}, ("a", "b"), teams, has=has),
        StatedRule(3, SideRuleKind.WHOLE_TEAM, {}, ("a", "b"), teams),
        StatedRule(4, SideRuleKind.REGION_SHARE, {"least": 25, "most": 75}, ("x", "y"), regions, has=has),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_plan_keeps_the_rules_and_is_no_better_than_without_them(seed) -> None:
    problem, rules = problem_of(seed), rules_of(seed)
    free = solve_assignment(problem)
    status, plan = solve_with_rules(problem, rules, free)
    assert status is Status.OPTIMAL
    assert plan is not None
    assert all(one.is_kept for rule in rules for one in rule_values_of(rule, dict(plan.pairs)))
    assert plan.total_score <= free.total_score + 1e-9 or plan.n_assigned < free.n_assigned
    assert plan.bound == pytest.approx(plan.total_score)


def test_without_rules_it_is_the_exact_plan() -> None:
    problem = problem_of(2)
    free = solve_assignment(problem)
    status, plan = solve_with_rules(problem, [], free)
    assert status is Status.OPTIMAL
    assert plan is not None
    assert (plan.n_assigned, plan.places_bound) == (free.n_assigned, N_POSTS)
    assert plan.total_score == pytest.approx(free.total_score)


@pytest.mark.parametrize("rare", [2, 8])
def test_higher_priorities_are_filled_first_where_rules_leave_places_empty(rare: int) -> None:
    problem = problem_of(4, priority=[1 if post == rare else 0 for post in range(N_POSTS)])
    nobody = StatedRule(
        1,
        SideRuleKind.REGION_COUNT,
        {"most": 0},
        ("x",),
        np.zeros(N_POSTS, dtype=np.int64),
        has=tuple(range(6)),
    )
    free = solve_assignment(problem)
    status, plan = solve_with_rules(problem, [nobody], free)
    assert status is Status.OPTIMAL
    assert plan is not None
    assert plan.n_assigned == 8 < free.n_assigned
    assert plan.n_by_priority == ((1, 1), (0, 7))


def short_of_people(**count) -> tuple[AssignmentProblem, StatedRule]:
    """Fourteen people for nine posts of two priorities, and a rule that says how many of six people may or must come."""
    problem = problem_of(4, priority=[1 if post == 2 else 0 for post in range(N_POSTS)])
    everywhere = np.zeros(N_POSTS, dtype=np.int64)
    rule = StatedRule(1, SideRuleKind.REGION_COUNT, count, ("x",), everywhere, has=tuple(range(6)))
    return problem, rule


def test_a_search_stopped_before_the_priorities_keeps_its_plan() -> None:
    """Rules leave places empty; the request to stop comes while the score is compared, before priorities are."""
    problem, nobody = short_of_people(most=0)
    free, interruption = solve_assignment(problem), Interruption()

    def watch(goal: str, _value: float, _bound: float) -> None:
        if goal == "early_score":
            interruption.request()

    status, plan = solve_with_rules(problem, [nobody], free, choice=Choice(TieOrder(), interruption, watch))
    assert plan is not None
    assert status is plan.status is Status.STOPPED_AT_LIMIT
    assert plan.n_assigned == 8
    assert (plan.bound, plan.is_nearest) == (free.bound, False)
    assert len(plan.ties.near) == len(plan.ties.drawn) == 0


class AskedLater(threading.Event):
    """A request that comes with the n-th question whether there is one."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n, self.n_questions = n, 0

    def is_set(self) -> bool:
        self.n_questions += 1
        return self.n_questions >= self.n


def exactly_three(request: AskedLater) -> tuple[Status, SideRulePlan | None, list[tuple[str, float]]]:
    """The plan that places exactly three of six people and four of the others; and what was told on the way."""
    problem, rule = short_of_people(least=3, most=3)
    problem = replace(problem, cap=np.array([4]), group=np.where(np.arange(N_PEOPLE) < 6, -1, 0))
    told: list[tuple[str, float]] = []
    interruption = Interruption()
    interruption._requested = request
    choice = Choice(TieOrder(), interruption, lambda goal, value, _bound: told.append((goal, value)))
    return *solve_with_rules(problem, [rule], solve_assignment(problem), choice=choice), told


def test_whenever_it_is_stopped_the_plan_shown_is_kept() -> None:
    """A lower count needs a first plan, which the search by priorities must not have to find again."""
    never = AskedLater(10**9)
    status, best, told = exactly_three(never)
    assert best is not None
    assert (status, best.n_assigned) == (Status.OPTIMAL, 7)
    assert list(dict.fromkeys(goal for goal, _ in told)) == ["places", "early_score", "priority 1", "score"]
    n_shown = 0
    for n in range(1, never.n_questions, 8):
        status, plan, told = exactly_three(AskedLater(n))
        shown = dict(told)
        if shown:
            n_shown += 1
            assert plan is not None
            assert plan.n_assigned >= shown["places"]
            assert plan.total_score >= shown.get("score", 0.0) - 1e-9
            assert plan.bound >= plan.total_score
        if "score" not in shown:
            assert status is not Status.OPTIMAL
    assert n_shown > 10


def test_locks_stay_and_prohibitions_go() -> None:
    first = problem_of(5)
    locked = (int(first.person[0]), int(first.post[0]))
    forbidden = (int(first.person[-1]), int(first.post[-1]))
    problem = problem_of(5, locked=[locked], forbidden=[forbidden])
    rows = usable_rows(problem)
    assert problem.arc_of(forbidden) not in rows
    assert problem.arc_of(locked) in rows


def test_out_of_time_the_plan_is_told_with_its_gap() -> None:
    problem, rules = problem_of(1), rules_of(1)
    free = solve_assignment(problem)
    status, plan = solve_with_rules(problem, rules, free, seconds=1e-9)
    assert plan is not None
    assert status is plan.status
    assert plan.total_score <= plan.bound
    assert plan.n_assigned <= plan.places_bound <= free.n_assigned


IMPOSSIBLE = StatedRule(
    9, SideRuleKind.REGION_COUNT, {"least": 1}, ("x",), np.zeros(N_POSTS, dtype=np.int64), has=()
)


def test_a_contradiction_is_proven() -> None:
    problem = problem_of(1)
    free = solve_assignment(problem)
    assert solve_with_rules(problem, [IMPOSSIBLE], free) == (Status.INFEASIBLE, None)


def test_a_rule_that_cannot_be_left_out_has_no_price() -> None:
    problem = problem_of(1)
    free = solve_assignment(problem)
    seen: list[int] = []
    _status, plan = solve_with_rules(problem, [], free)
    assert plan is not None
    rules = [IMPOSSIBLE, replace(IMPOSSIBLE, key=10)]
    assert rule_prices(problem, rules, plan, free, before_each=seen.append) == []
    assert seen == [0, 1]
