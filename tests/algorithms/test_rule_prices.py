"""Prices of side rules: what they prove holds for every whole plan, and the plans they lead to are the best."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from benchmarks.side_rules import instance
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms.side_rules import solve
from secondment.algorithms.side_rules.attempts import Core, Objective
from secondment.algorithms.side_rules.balance import Balance
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.core import first_width
from secondment.algorithms.side_rules.counts import GroupCaps, RegionCounts
from secondment.algorithms.side_rules.full import pairs_that_fill
from secondment.algorithms.side_rules.model import build_model
from secondment.algorithms.side_rules.pricing import relax
from secondment.algorithms.side_rules.problem import SideRuleProblem
from secondment.algorithms.side_rules.rows import Rule
from secondment.algorithms.side_rules.rule_prices import Priced, price_rules, turned
from secondment.algorithms.side_rules.settle import agreed, open_beside, settle
from secondment.algorithms.side_rules.solution import Status
from secondment.algorithms.side_rules.solve import Limits, check_kept, solve_with_side_rules

N_PEOPLE, N_POSTS = 5, 3
EVERY_PAIR = np.array([(person, post) for post in range(N_POSTS) for person in range(N_PEOPLE)])
HAS = np.array([True, False, True, False, False])


def small_problem(scores: list[int], least: int, most: int, cap: int) -> SideRuleProblem:
    """Posts 0 and 1 form a region with a count of those who have the attribute; people 0, 1, 2 share a cap."""
    rules: list[Rule] = [
        RegionCounts(np.array([0, 0, -1]), HAS, np.array([least]), np.array([most])),
        GroupCaps(np.array([0, 0, 0, -1, -1]), np.array([cap])),
    ]
    score = np.array(scores, dtype=float)
    return SideRuleProblem(N_PEOPLE, N_POSTS, EVERY_PAIR[:, 0], EVERY_PAIR[:, 1], score, rules=rules)


def test_bounds_that_exclude_each_other_leave_no_relaxed_plan() -> None:
    problem = small_problem([1] * len(EVERY_PAIR), least=1, most=1, cap=3)
    full, start = build_model(problem, full=True), np.arange(problem.n_arcs)
    assert pairs_that_fill(problem, full, start, Clock(math.inf)) is not None
    apart = replace(full, lower=np.where(np.isfinite(full.upper), full.upper + 1, full.lower))
    assert pairs_that_fill(problem, apart, start, Clock(math.inf)) is None


def in_order(problem: SideRuleProblem) -> SideRuleProblem:
    """The problem with its pairs by post, then person."""
    order = np.lexsort((problem.person, problem.post))
    pairs = {name: getattr(problem, name)[order] for name in ("person", "post", "score")}
    return replace(problem, **pairs)


def full_plans(problem: SideRuleProblem) -> list[list[int]]:
    """Every plan that fills every post and keeps the rows, as pairs, by trying."""
    model = build_model(problem, full=True)
    arcs_of_post = [np.flatnonzero(problem.post == i).tolist() for i in range(N_POSTS)]
    plans = []
    for arcs in product(*arcs_of_post):
        reached = model.arcs[:, list(arcs)].sum(axis=1)
        if bool(((reached >= model.lower) & (reached <= model.upper)).all()):
            plans.append(list(arcs))
    return plans


def priced(problem: SideRuleProblem) -> Priced:
    found = price_rules(build_model(problem, full=True), problem.score, Clock(math.inf))
    assert found is not None
    return found


@settings(max_examples=50)
@given(
    scores=st.lists(st.integers(-5, 20), min_size=15, max_size=15),
    least=st.integers(0, 2),
    cap=st.integers(1, 3),
)
def test_no_whole_plan_is_worth_more_than_bound_and_reduced_profit_say(
    scores: list[int], least: int, cap: int
) -> None:
    problem = small_problem(scores, least, 2, cap)
    relaxation = priced(problem).relaxation
    for plan in full_plans(problem):
        value = problem.score[plan].sum()
        assert value <= relaxation.bound + relaxation.reduced[plan].sum() + 1e-5
    assert relaxation.reduced.max() <= 1e-9
    assert relaxation.proven


def test_prices_come_near_the_linear_relaxation_and_never_below_it() -> None:
    problem = in_order(instance(112, 560, 20, "A"))
    model = build_model(problem, full=True)
    exact = relax(model, problem.score, np.zeros(0), np.arange(problem.n_arcs), Clock(math.inf)).bound
    without_rules = SideRuleProblem(560, 112, problem.person, problem.post, problem.score)
    first = priced(without_rules).relaxation.bound
    bound = priced(problem).relaxation.bound
    assert exact <= bound <= exact + 0.1 * (first - exact)


def test_directions_that_cancel_out_give_way_to_the_slope() -> None:
    assert turned(np.array([1.0, 0.0]), np.array([3.0, 2.0])).tolist() == [2.0, 1.0]
    assert turned(np.array([1.0, -2.0]), np.array([-1.0, 2.0])).tolist() == [-1.0, 2.0]


def test_no_rule_is_broken_then_one_round_is_enough() -> None:
    found = priced(small_problem([1] * 15, 0, 2, 3))
    assert len(found.plans) == 1
    assert found.relaxation.bound == pytest.approx(3.0, abs=1e-5)


def test_upper_and_lower_ends_are_priced_alike() -> None:
    wanted = [9 if has else 1 for has in HAS] * N_POSTS
    at_most = small_problem(wanted, 0, 0, 3)
    assert priced(at_most).relaxation.bound == pytest.approx(11.0, abs=2.0)
    unwanted = [1 if has else 9 for has in HAS] * N_POSTS
    at_least = small_problem(unwanted, 2, 2, 3)
    assert priced(at_least).relaxation.bound == pytest.approx(11.0, abs=2.0)


def test_places_that_cannot_be_filled_have_no_prices() -> None:
    two_posts_one_person = SideRuleProblem(2, 2, np.array([0, 0]), np.array([0, 1]), np.ones(2))
    assert price_rules(build_model(two_posts_one_person, full=True), np.ones(2), Clock(math.inf)) is None


def test_time_that_is_over_leaves_the_first_round() -> None:
    problem = small_problem([9] * 15, 2, 2, 1)
    found = price_rules(build_model(problem, full=True), problem.score, Clock(0.0))
    assert found is not None
    assert len(found.plans) == 1


def test_pairs_of_every_plan_stay_and_what_they_take_is_closed() -> None:
    assert agreed((np.array([1, 4, 7]), np.array([1, 5, 7]))).tolist() == [1, 7]
    problem = small_problem([1] * 15, 0, 2, 3)
    core = core_of(problem)
    staying = np.array([0])
    open_pairs = open_beside(core, staying, 100.0)
    assert set(problem.person[open_pairs]) == {1, 2, 3, 4}
    assert set(problem.post[open_pairs]) == {1, 2}


def test_settling_opens_more_pairs_until_a_plan_keeps_the_rules() -> None:
    problem = small_problem([9, 1, 9, 1, 1] * 3, 2, 2, 2)
    core = core_of(problem)
    against_the_rule = np.flatnonzero((problem.person == 3) & (problem.post == 0))
    fits = np.flatnonzero((problem.person == 3) & (problem.post == 2))
    found = settle(core, (fits, *[against_the_rule] * 5), 100.0)
    check_kept(core.model, found.chosen)
    assert found.value == 19.0
    assert np.isneginf(settle(core, (against_the_rule,) * 20, 100.0).value)


def core_of(problem: SideRuleProblem) -> Core:
    model = build_model(problem, full=True)
    objective = Objective(problem.score, np.zeros(0), integral=False)
    return Core(model, objective, priced(problem).relaxation, 1e-6, Clock(math.inf))


def test_large_problem_ends_at_the_plan_of_the_small_way(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = instance(48, 240, 12, "A")
    small_way = solve_with_side_rules(problem)
    monkeypatch.setattr(solve, "MANY_PAIRS", 1)
    large_way = solve_with_side_rules(problem)
    assert small_way.status is large_way.status is Status.OPTIMAL
    assert [goal.value for goal in large_way.goals] == pytest.approx([goal.value for goal in small_way.goals])
    assert large_way.goals[1].n_pricing_rounds > small_way.goals[1].n_pricing_rounds


def test_tolerance_ends_the_large_way_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "MANY_PAIRS", 1)
    solution = solve_with_side_rules(instance(112, 560, 20, "A"), Limits(tolerance=0.01))
    assert solution.status is Status.WITHIN_TOLERANCE
    assert 0 < solution.gap <= 0.01


@pytest.mark.parametrize("why", ["auxiliary quantities", "not enough people", "rules forbid it"])
def test_what_prices_cannot_do_goes_the_small_way(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules: list[Rule] = []
    pairs = EVERY_PAIR
    if why == "auxiliary quantities":
        rules = [Balance(np.array([0, 1, -1]), 2, np.arange(5.0), 4.0)]
    if why == "not enough people":
        pairs = EVERY_PAIR[:6]
    if why == "rules forbid it":
        rules = [GroupCaps(np.zeros(5, dtype=np.int64), np.array([2]))]
    score = np.full(len(pairs), 3.0)
    problem = SideRuleProblem(N_PEOPLE, N_POSTS, pairs[:, 0], pairs[:, 1], score, rules=rules)
    small_way = solve_with_side_rules(problem)
    monkeypatch.setattr(solve, "MANY_PAIRS", 1)
    large_way = solve_with_side_rules(problem)
    assert large_way.chosen.tolist() == small_way.chosen.tolist()
    assert large_way.status is small_way.status is Status.OPTIMAL


def test_scores_too_wide_for_prices_go_the_small_way(monkeypatch: pytest.MonkeyPatch) -> None:
    n_posts = 600
    person = np.concatenate((np.arange(n_posts), np.arange(n_posts)))
    post = np.concatenate((np.arange(n_posts), (np.arange(n_posts) + 1) % n_posts))
    score = np.repeat((1e9, -1e9), n_posts)
    monkeypatch.setattr(solve, "MANY_PAIRS", 1)
    solution = solve_with_side_rules(SideRuleProblem(n_posts, n_posts, person, post, score))
    assert solution.status is Status.OPTIMAL
    assert solution.goals[1].value == n_posts * 1e9


def test_width_of_priced_rules_opens_a_few_pairs_per_post() -> None:
    problem = in_order(instance(112, 560, 20, "A"))
    relaxation = priced(problem).relaxation
    width = first_width(build_model(problem, full=True), relaxation)
    assert (relaxation.reduced >= -width).sum() >= 3 * 112
