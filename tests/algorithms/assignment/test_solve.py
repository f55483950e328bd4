"""The solver against brute force, under relabelling, and its proof by prices."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.assignment.instances import (
    Worth,
    best,
    is_feasible,
    problems,
    random_problem,
    worth,
)

from secondment.algorithms.assignment import (
    AssignmentProblem,
    DuplicatePairError,
    IndexRangeError,
    LockError,
    NotOptimalError,
    ProblemShapeError,
    ScoreError,
    ScoreRangeError,
    Status,
    solve_assignment,
)
from secondment.algorithms.assignment.flow import solve_flow
from secondment.algorithms.assignment.network import reduce_problem
from secondment.algorithms.assignment.prices import prices_of


@settings(max_examples=150)
@given(problems())
def test_solution_equals_brute_force(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    assert is_feasible(problem, solution.pairs)
    assert worth(problem, solution.pairs) == best(problem)
    assert solution.status is Status.OPTIMAL
    assert solution.gap == 0
    assert solution.bound == solution.total_score == worth(problem, solution.pairs).score / 1000
    assert tuple(count for _, count in solution.n_by_priority) == worth(problem, solution.pairs).filled


@settings(max_examples=50)
@given(problems(), st.randoms(use_true_random=False))
def test_order_of_arcs_does_not_matter(problem: AssignmentProblem, random: Random) -> None:
    order = list(range(problem.n_arcs))
    random.shuffle(order)
    shuffled = AssignmentProblem.of(
        problem.n_people,
        problem.n_posts,
        problem.person[order],
        problem.post[order],
        problem.score[order],
        group=problem.group,
        cap=problem.cap,
        priority=problem.priority,
        capacity=problem.capacity,
        locked=problem.locked[::-1],
        forbidden=problem.forbidden[::-1],
    )
    assert solve_assignment(shuffled).pairs == solve_assignment(problem).pairs


@settings(max_examples=50)
@given(problems(with_locks=False), st.randoms(use_true_random=False))
def test_names_of_people_and_posts_do_not_matter(problem: AssignmentProblem, random: Random) -> None:
    people, posts = list(range(problem.n_people)), list(range(problem.n_posts))
    random.shuffle(people)
    random.shuffle(posts)
    renamed = AssignmentProblem.of(
        problem.n_people,
        problem.n_posts,
        np.array(people, dtype=np.int64)[problem.person],
        np.array(posts, dtype=np.int64)[problem.post],
        problem.score,
        group=problem.group[np.argsort(people)],
        cap=problem.cap,
        priority=problem.priority[np.argsort(posts)],
        capacity=problem.capacity[np.argsort(posts)],
    )
    first, second = solve_assignment(problem), solve_assignment(renamed)
    assert (first.n_by_priority, first.total_score) == (second.n_by_priority, second.total_score)


@settings(max_examples=50)
@given(problems(with_locks=False))
def test_a_wider_cap_never_hurts(problem: AssignmentProblem) -> None:
    wider = AssignmentProblem.of(
        problem.n_people,
        problem.n_posts,
        problem.person,
        problem.post,
        problem.score,
        group=problem.group,
        cap=problem.cap + 1,
        priority=problem.priority,
        capacity=problem.capacity,
    )
    assert not best_found(wider) < best_found(problem)


def best_found(problem: AssignmentProblem) -> Worth:
    return worth(problem, solve_assignment(problem).pairs)


@pytest.mark.parametrize("n_groups", [0, 20])
@pytest.mark.parametrize("n_levels", [1, 3])
@pytest.mark.parametrize(("n_people", "per_post"), [(1500, 20), (330, 20), (280, 3)])
def test_prices_prove_larger_instances(n_groups: int, n_levels: int, n_people: int, per_post: int) -> None:
    problem = random_problem(7, 300, n_people, per_post, n_groups=n_groups, n_levels=n_levels)
    reduced = reduce_problem(problem)
    network = reduced.network
    chosen = solve_flow(network)
    prices = prices_of(network, chosen)
    slack = prices.post[network.post] + prices.taking[network.person] - network.worth
    assert slack.min() >= 0
    assert min(prices.post.min(), prices.person.min(), prices.group.min(initial=0)) >= 0
    assert prices.bound(network) == network.worth[chosen].sum()


def test_high_priority_is_filled_before_a_better_score() -> None:
    problem = AssignmentProblem.of(1, 2, [0, 0], [0, 1], [-100.0, 100.0], priority=[1, 0])
    solution = solve_assignment(problem)
    assert solution.pairs == ((0, 0),)
    assert solution.n_by_priority == ((1, 1), (0, 0))


def test_two_posts_filled_beat_one_with_a_better_score() -> None:
    problem = AssignmentProblem.of(2, 2, [0, 0, 1], [0, 1, 0], [1000.0, 0.0, -1000.0])
    assert solve_assignment(problem).pairs == ((1, 0), (0, 1))


def test_no_arcs_and_no_posts_give_an_empty_proven_plan() -> None:
    for n_people, n_posts in [(0, 0), (3, 0), (0, 3), (2, 2)]:
        solution = solve_assignment(AssignmentProblem.of(n_people, n_posts, [], [], []))
        assert (solution.pairs, solution.total_score, solution.gap) == ((), 0.0, 0.0)


def test_decimal_scores_add_up_exactly() -> None:
    problem = AssignmentProblem.of(2, 2, [0, 1], [0, 1], [0.1, 0.2])
    assert solve_assignment(problem).total_score == 0.3


def test_finer_scores_than_the_scale_leave_an_honest_gap() -> None:
    solution = solve_assignment(AssignmentProblem.of(1, 1, [0], [0], [1 / 3]))
    assert solution.total_score == 1 / 3
    assert 0 < solution.gap <= 1e-9


def test_nine_digits_are_kept_exactly() -> None:
    problem = AssignmentProblem.of(2, 1, [0, 1], [0, 0], [1.000000001, 1.000000002])
    solution = solve_assignment(problem)
    assert (solution.pairs, solution.gap) == (((1, 0),), 0.0)


@pytest.mark.parametrize("largest", [1e12 + 0.1, 2**52 + 1, 1e300])
def test_scores_too_large_for_the_resolution_are_refused(largest: float) -> None:
    with pytest.raises(ScoreRangeError, match=r"a score of .* is too large for a resolution of 10\^-6"):
        solve_assignment(AssignmentProblem.of(1, 2, [0, 0], [0, 1], [largest, 1 / 3]))


@pytest.mark.parametrize("scores", [[4e15, 4e15 - 1], [1e12 + 0.125, 1e12], [-1e15, -2e15]])
def test_large_scores_that_a_coarser_step_holds_are_exact(scores: list[float]) -> None:
    solution = solve_assignment(AssignmentProblem.of(2, 1, [0, 1], [0, 0], scores))
    assert solution.pairs == ((0, 0),)
    assert (solution.total_score, solution.bound, solution.gap) == (scores[0], scores[0], 0.0)


@pytest.mark.parametrize("size", [1e-6, 1e-12, 1e-200])
def test_small_scores_are_told_apart(size: float) -> None:
    solution = solve_assignment(AssignmentProblem.of(3, 1, [0, 1, 2], [0, 0, 0], [size / 3, size, size / 2]))
    assert solution.pairs == ((1, 0),)
    assert solution.total_score == size
    assert solution.gap <= size * 1e-9


def test_spread_too_wide_for_exact_sums_is_refused() -> None:
    n = 2000
    spread = [0.0, 4e9] * (n // 2)
    with pytest.raises(ScoreRangeError, match="exact arithmetic would overflow"):
        solve_assignment(AssignmentProblem.of(n, n, range(n), range(n), spread))


def test_a_free_person_who_would_gain_a_place_disproves_a_plan() -> None:
    problem = AssignmentProblem.of(2, 1, [0, 1], [0, 0], [1.0, 5.0])
    with pytest.raises(NotOptimalError, match="a free person would gain"):
        prices_of(reduce_problem(problem).network, np.array([0]))


def test_an_exchange_that_gains_disproves_a_plan() -> None:
    problem = AssignmentProblem.of(3, 3, [0, 1, 0, 1, 2], [0, 0, 1, 1, 2], [1.0, 5.0, 5.0, 1.0, -99.0])
    with pytest.raises(NotOptimalError, match="without end"):
        prices_of(reduce_problem(problem).network, np.array([0, 3, 4]))


def test_an_unfilled_post_worth_more_has_no_prices() -> None:
    problem = AssignmentProblem.of(1, 2, [0, 0], [0, 1], [1.0, 5.0])
    with pytest.raises(NotOptimalError, match="worth more to others"):
        prices_of(reduce_problem(problem).network, np.array([0]))


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"person": [0.5]}, ProblemShapeError, "person holds float64 values, whole numbers are wanted"),
        ({"person": [0, 1]}, ProblemShapeError, "one length is wanted"),
        ({"person": [2]}, IndexRangeError, "person 2 is not among 0 … 1"),
        ({"post": [-1]}, IndexRangeError, "post -1 is not among 0 … 1"),
        ({"score": [float("nan")]}, ScoreError, "score of arc 0 is nan, a finite number is wanted"),
        ({"group": [0, 0]}, IndexRangeError, "group 0 is not among -1 … -1"),
        ({"group": [0]}, ProblemShapeError, r"group has shape \(1,\), \(2,\) is wanted"),
        ({"cap": [-1]}, ProblemShapeError, "cap -1 is negative"),
        ({"capacity": [1, -2]}, ProblemShapeError, "capacity -2 is negative"),
        (
            {"person": [0, 0], "post": [1, 1], "score": [1, 2]},
            DuplicatePairError,
            "person 0 and post 1 are paired twice",
        ),
        ({"locked": [(1, 1)]}, LockError, "person 1 and post 1 are locked but not admissible"),
        ({"locked": [(0, 0)], "forbidden": [(0, 0)]}, LockError, "are both locked and forbidden"),
        ({"locked": [(0, 0)], "capacity": [0, 1]}, LockError, "post 0 is locked 1 times and has room for 0"),
        (
            {"locked": [(0, 0), (0, 1)], "person": [0, 0], "post": [0, 1], "score": [1, 1]},
            LockError,
            "person 0 is locked 2 times and has room for 1",
        ),
        (
            {"locked": [(0, 0)], "group": [0, -1], "cap": [0]},
            LockError,
            "group 0 is locked 1 times and has room for 0",
        ),
    ],
)
def test_contradictions_are_named(parts: dict[str, object], error: type[Exception], message: str) -> None:
    arcs = {"person": [0], "post": [0], "score": [1.0]} | parts
    with pytest.raises(error, match=message):
        AssignmentProblem.of(2, 2, **arcs)


def test_costs_the_solver_refuses_are_named() -> None:
    n_people, n_posts = 5000, 200
    post, scores = np.zeros(n_people, dtype=np.int64), np.linspace(-4e9, 4e9, n_people).round()
    capacity = np.where(np.arange(n_posts) == 0, 1, 0)
    problem = AssignmentProblem.of(n_people, n_posts, range(n_people), post, scores, capacity=capacity)
    with pytest.raises(ScoreRangeError, match="refuses this spread of scores"):
        solve_assignment(problem)
