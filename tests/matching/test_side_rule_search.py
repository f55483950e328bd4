"""The search in widening attempts finds what one search over all pairs finds, and says how sure it is."""

from dataclasses import replace

import numpy as np
import pytest

from secondment.algorithms.assignment import AssignmentProblem, solve_assignment
from secondment.algorithms.side_rules.solution import Status
from secondment.matching.choices import SideRuleKind
from secondment.matching.side_rules import narrowing
from secondment.matching.side_rules.narrowing import pair_losses, rows_of_attempt
from secondment.matching.side_rules.reached import reached_of
from secondment.matching.side_rules.solving import rule_prices, solve_with_rules
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


@pytest.mark.parametrize("seed", range(12))
def test_widening_attempts_reach_the_best_plan(seed, monkeypatch) -> None:
    problem, rules = problem_of(seed), rules_of(seed)
    free = solve_assignment(problem)
    status, whole = solve_with_rules(problem, rules, free)  # fifteen a post: all pairs at once
    monkeypatch.setattr(narrowing, "PEOPLE_PER_POST", 1)
    monkeypatch.setattr(narrowing, "POSTS_PER_PERSON", 1)
    narrow_status, narrow = solve_with_rules(problem, rules, free)
    assert status is narrow_status is Status.OPTIMAL
    assert whole is not None
    assert narrow is not None
    assert (narrow.n_assigned, narrow.bound) == (whole.n_assigned, pytest.approx(whole.bound))
    assert narrow.total_score == pytest.approx(whole.total_score)
    assert all(one.is_kept for rule in rules for one in reached_of(rule, dict(narrow.pairs)))
    assert whole.total_score <= free.total_score + 1e-9 or whole.n_assigned < free.n_assigned


def test_losses_bound_what_a_pair_costs() -> None:
    """Forcing a pair costs no less than its loss says; pairs of the best plan lose nothing."""
    problem = problem_of(3)
    free = solve_assignment(problem)
    losses = pair_losses(problem, free)
    assert losses[free.rows] == pytest.approx(0)
    assert (losses >= 0).all()
    for row in range(0, problem.n_arcs, 7):
        pair = (int(problem.person[row]), int(problem.post[row]))
        forced = solve_assignment(problem_of(3, locked=[pair]))
        if forced.n_assigned == free.n_assigned:
            assert free.total_score - forced.total_score >= losses[row] - 1e-9


def test_locks_stay_and_prohibitions_go() -> None:
    first = problem_of(5)
    locked = (int(first.person[0]), int(first.post[0]))
    forbidden = (int(first.person[-1]), int(first.post[-1]))
    problem = problem_of(5, locked=[locked], forbidden=[forbidden])
    losses = pair_losses(problem, solve_assignment(problem))
    assert losses[problem.arc_of(locked)] == 0
    assert np.isinf(losses[problem.arc_of(forbidden)])
    rows = rows_of_attempt(problem, losses, 0.0, 1, np.array([int(first.post[-1])]))
    assert problem.arc_of(forbidden) not in rows
    assert problem.arc_of(locked) in rows


def test_the_attempt_takes_the_few_that_lose_least_and_all_of_special_posts() -> None:
    problem = AssignmentProblem.of(
        3, 2, [0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1], [0.9, 0.8, 0.1, 0.5, 0.4, 0.3]
    )
    losses = np.array([0.0, 0.1, 0.7, 0.3, 0.0, 0.2])
    none = np.zeros(0, dtype=np.int64)
    assert rows_of_attempt(problem, losses, 0.1, 1, none).tolist() == [0, 1, 2, 3, 4, 5]
    few = rows_of_attempt(problem, losses, 0.0, 0, none)
    assert few.tolist() == [0, 4]
    assert rows_of_attempt(problem, losses, 0.0, 0, np.array([1])).tolist() == [0, 3, 4, 5]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One pair a post and a person in the first attempt."""
    monkeypatch.setattr(narrowing, "PEOPLE_PER_POST", 1)
    monkeypatch.setattr(narrowing, "POSTS_PER_PERSON", 1)


@pytest.mark.usefixtures("narrow")
def test_out_of_time_the_best_plan_so_far_is_told_with_its_gap() -> None:
    problem, rules = problem_of(1), rules_of(1)
    free = solve_assignment(problem)
    status, plan = solve_with_rules(problem, rules, free, seconds=1e-9)
    assert plan is not None
    assert status is plan.status is Status.STOPPED_AT_LIMIT
    assert plan.bound == max(plan.total_score, free.bound)
    assert plan.places_bound == free.n_assigned


IMPOSSIBLE = StatedRule(
    9, SideRuleKind.REGION_COUNT, {"least": 1}, ("x",), np.zeros(N_POSTS, dtype=np.int64), has=()
)


@pytest.mark.usefixtures("narrow")
def test_without_a_plan_few_pairs_prove_nothing_and_all_pairs_prove_it() -> None:
    problem = problem_of(1)
    free = solve_assignment(problem)
    assert solve_with_rules(problem, [IMPOSSIBLE], free, seconds=1e-9) == (Status.UNKNOWN, None)
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
