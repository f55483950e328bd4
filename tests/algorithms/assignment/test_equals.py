"""Of equally good plans the nearest, then the one that the lot takes: against brute force, row orders and solvers."""

from itertools import count
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from tests.algorithms.assignment.instances import Plan, best, plans, problems, random_problem, worth
from tests.algorithms.assignment.least_change import most_kept, rooms
from tests.algorithms.assignment.test_pricing import source_of

from secondment.algorithms.assignment import (
    AssignmentProblem,
    ProblemShapeError,
    TieOrder,
    keys_of,
    solve_assignment,
)
from secondment.algorithms.assignment.core import solve_network
from secondment.algorithms.assignment.equals import open_rows, take_one
from secondment.algorithms.assignment.flow import solve_flow
from secondment.algorithms.assignment.network import reduce_problem
from secondment.algorithms.assignment.prices import prices_of
from secondment.algorithms.assignment.pricing import solve_by_pricing


@st.composite
def orders(draw: st.DrawFn, problem: AssignmentProblem) -> TieOrder:
    """Any plan, admissible or not, to stay near to; numbers or none."""
    reference = draw(
        st.dictionaries(st.integers(0, problem.n_people - 1), st.integers(0, problem.n_posts - 1), max_size=4)
    )
    has_numbers = draw(st.booleans())
    return TieOrder(
        tuple(reference.items()),
        draw(st.integers(0, 5)),
        keys_of([f"person {one}" for one in range(problem.n_people)]) if has_numbers else None,
        keys_of([f"post {one}" for one in range(problem.n_posts)]) if has_numbers else None,
    )


@st.composite
def tied_problems(draw: st.DrawFn) -> tuple[AssignmentProblem, TieOrder]:
    problem = draw(problems())
    if draw(st.booleans()):
        problem = with_scores(problem, np.zeros(problem.n_arcs))
    return problem, draw(orders(problem))


def with_scores(problem: AssignmentProblem, score: np.ndarray) -> AssignmentProblem:
    return AssignmentProblem.of(
        problem.n_people,
        problem.n_posts,
        problem.person,
        problem.post,
        score,
        group=problem.group,
        cap=problem.cap,
        priority=problem.priority,
        capacity=problem.capacity,
        locked=problem.locked,
        forbidden=problem.forbidden,
    )


def nearest_plans(problem: AssignmentProblem, order: TieOrder) -> tuple[list[Plan], list[Plan]]:
    """All best plans, and those of them nearest to the reference."""
    top = best(problem)
    equal = [plan for plan in plans(problem) if not worth(problem, plan) < top]
    kept = max(len(set(plan) & set(order.reference)) for plan in equal)
    near = [plan for plan in equal if len(set(plan) & set(order.reference)) == kept]
    known = {person for person, _post in order.reference}
    stays = max(sum(person in known for person, _post in plan) for plan in near)
    return equal, [plan for plan in near if sum(person in known for person, _post in plan) == stays]


@settings(max_examples=400)
@given(tied_problems())
def test_the_nearest_plan_is_taken_and_ties_are_marked(case: tuple[AssignmentProblem, TieOrder]) -> None:
    problem, order = case
    solution = solve_assignment(problem, order)
    equal, near = nearest_plans(problem, order)
    assert tuple(sorted(solution.pairs)) in {tuple(sorted(plan)) for plan in near}
    in_all = set.intersection(*map(set, equal))
    in_nearest = set.intersection(*map(set, near))
    marked = {name: marked_pairs(problem, getattr(solution.ties, name)) for name in ("near", "drawn")}
    assert marked["drawn"] == set(solution.pairs) - in_nearest
    assert marked["near"] == (set(solution.pairs) & in_nearest) - in_all
    assert solution.bound == solution.total_score == best(problem).score / 1000


def marked_pairs(problem: AssignmentProblem, rows: np.ndarray) -> set[tuple[int, int]]:
    return set(zip(problem.person[rows].tolist(), problem.post[rows].tolist(), strict=True))


@settings(max_examples=200)
@given(tied_problems())
def test_the_lot_is_the_first_plan_by_the_sums_of_its_draws(case: tuple[AssignmentProblem, TieOrder]) -> None:
    """Lots of at most 2²⁰; small problems take that width in the first draw, which parts them nearly always."""
    problem, order = case
    left = nearest_plans(problem, order)[1]
    for draw in count():
        if len(left) == 1 or draw == 1:
            break
        sums = [total_lot(order, draw, plan) for plan in left]
        left = [plan for plan, total in zip(left, sums, strict=True) if total == max(sums)]
    assert tuple(sorted(solve_assignment(problem, order).pairs)) in {tuple(sorted(plan)) for plan in left}


def total_lot(order: TieOrder, draw: int, plan: Plan) -> int:
    people, posts = (np.array([pair[side] for pair in plan], dtype=np.int64) for side in (0, 1))
    return int(order.lots(draw, people, posts, 2**20).sum())


@settings(max_examples=100)
@given(st.data(), st.randoms(use_true_random=False))
def test_renaming_rows_changes_nothing_while_the_numbers_stay(data: st.DataObject, random: Random) -> None:
    problem = data.draw(problems(with_locks=False))
    people, posts = list(range(problem.n_people)), list(range(problem.n_posts))
    random.shuffle(people)
    random.shuffle(posts)
    at_person, at_post = np.argsort(people), np.argsort(posts)
    renamed = AssignmentProblem.of(
        problem.n_people,
        problem.n_posts,
        np.array(people, dtype=np.int64)[problem.person],
        np.array(posts, dtype=np.int64)[problem.post],
        problem.score,
        group=problem.group[at_person],
        cap=problem.cap,
        priority=problem.priority[at_post],
        capacity=problem.capacity[at_post],
    )
    numbers = keys_of([f"p{one}" for one in people]), keys_of([f"o{one}" for one in posts])
    first = solve_assignment(problem, TieOrder(people=numbers[0], posts=numbers[1]))
    order = TieOrder(people=numbers[0][at_person], posts=numbers[1][at_post])
    second = solve_assignment(renamed, order)
    assert {(people[person], posts[post]) for person, post in first.pairs} == set(second.pairs)


def coarse(
    seed: int, n_people: int, per_post: int, *, n_groups: int, n_levels: int, steps: float
) -> AssignmentProblem:
    """120 posts with scores so coarse that very many plans are equally good."""
    fine = random_problem(seed, 120, n_people, per_post, n_groups=n_groups, n_levels=n_levels)
    return with_scores(fine, np.round(fine.score / steps))


@pytest.mark.parametrize("n_groups", [0, 12])
@pytest.mark.parametrize("n_levels", [1, 3])
@pytest.mark.parametrize(("n_people", "per_post", "steps"), [(600, 50, 4.0), (130, 12, 10.0), (100, 30, 1e9)])
def test_every_solver_ends_with_the_same_plan(
    n_groups: int, n_levels: int, n_people: int, per_post: int, steps: float
) -> None:
    problem = coarse(3, n_people, per_post, n_groups=n_groups, n_levels=n_levels, steps=steps)
    before = solve_assignment(coarse(4, n_people, per_post, n_groups=0, n_levels=1, steps=steps)).pairs
    order = TieOrder(before, seed=8)
    whole = solve_assignment(problem, order)
    assert len(whole.ties.near) + len(whole.ties.drawn) > 0
    network = reduce_problem(problem).network
    for chosen in (solve_flow(network), solve_network(network, most_rounds=4)[0], by_highs(problem)):
        taken, ties = take_one(network, chosen, prices_of(network, chosen), order)
        assert taken.tolist() == whole.rows.tolist()
        assert ties.near.tolist() == whole.ties.near.tolist()
        assert ties.drawn.tolist() == whole.ties.drawn.tolist()
    priced = solve_by_pricing(problem, source_of(problem, 700), per_post=3, order=order)
    assert priced.solution.pairs == whole.pairs
    core = priced.core
    assert marked_pairs(core, priced.solution.ties.drawn) == marked_pairs(problem, whole.ties.drawn)


def by_highs(problem: AssignmentProblem) -> np.ndarray:
    """An optimal plan of HiGHS: places by priority, one level after the other, then the score."""
    rows, room = rooms(problem)
    levels = [
        np.where(problem.level[problem.post] == one, 1.0, 0.0) for one in range(problem.level.max() + 1)
    ]
    constraints = [LinearConstraint(rows, ub=room)]
    for goal in [*levels, problem.score]:
        found = milp(-goal, integrality=np.ones(problem.n_arcs), bounds=Bounds(0, 1), constraints=constraints)
        floor = round(-found.fun)
        constraints.append(LinearConstraint(goal[np.newaxis, :], lb=floor - 0.5))
    return np.flatnonzero(found.x > 0.5)


@pytest.mark.parametrize("seed", range(4))
def test_one_lock_changes_no_more_than_the_least_change_allows(seed: int) -> None:
    """The oracle is an integer program of its own: most pairs kept among plans of the best score."""
    problem = coarse(seed, 260, 25, n_groups=10, n_levels=1, steps=5.0)
    before = solve_assignment(problem)
    idle = np.setdiff1d(np.arange(problem.n_arcs), before.rows)
    row = int(np.random.default_rng(seed).choice(idle))
    lock = (int(problem.person[row]), int(problem.post[row]))
    locked = AssignmentProblem.of(
        problem.n_people,
        problem.n_posts,
        problem.person,
        problem.post,
        problem.score,
        group=problem.group,
        cap=problem.cap,
        locked=[lock],
    )
    after = solve_assignment(locked, TieOrder(before.pairs))
    most = most_kept(locked, np.isin(np.arange(problem.n_arcs), before.rows))
    assert len(set(after.pairs) & set(before.pairs)) == most
    without = solve_assignment(locked)
    assert without.total_score == after.total_score
    assert len(set(without.pairs) & set(before.pairs)) <= most


def test_a_plan_without_ties_asks_no_lot() -> None:
    problem = AssignmentProblem.of(2, 2, [0, 0, 1, 1], [0, 1, 0, 1], [5.0, 1.0, 1.0, 5.0])
    solution = solve_assignment(problem, TieOrder(((0, 1), (1, 0))))
    assert solution.pairs == ((0, 0), (1, 1))
    assert (solution.ties.near.tolist(), solution.ties.drawn.tolist()) == ([], [])


def test_who_stays_counts_after_the_pairs_that_stay() -> None:
    """Person 1 was in another post: the pair cannot be kept, the person can."""
    problem = AssignmentProblem.of(2, 2, [0, 1], [0, 0], [1.0, 1.0])
    for seed in range(8):
        solution = solve_assignment(problem, TieOrder(((1, 1),), seed=seed))
        assert solution.pairs == ((1, 0),)
        assert solution.ties.near.tolist() == [1]


def test_seeds_draw_different_lots() -> None:
    problem = AssignmentProblem.of(2, 1, [0, 1], [0, 0], [1.0, 1.0])
    taken = [solve_assignment(problem, TieOrder(seed=seed)).pairs[0][0] for seed in range(40)]
    assert 8 <= sum(taken) <= 32


def test_draws_are_repeated_until_one_plan_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """With lots of 0 and 1 only, one draw leaves many plans."""
    monkeypatch.setattr("secondment.algorithms.assignment.equals.MOST_LOT", 2)
    problem = AssignmentProblem.of(
        30, 10, np.tile(np.arange(30), 10), np.repeat(np.arange(10), 30), np.ones(300)
    )
    solution = solve_assignment(problem)
    reduced = reduce_problem(problem)
    assert len(open_rows(reduced.network, solution.rows, solution.prices)) > 0
    order = np.random.default_rng(0).permutation(300)
    shuffled = AssignmentProblem.of(30, 10, problem.person[order], problem.post[order], problem.score[order])
    assert solve_assignment(shuffled).pairs == solution.pairs


@pytest.mark.parametrize(
    ("order", "message"),
    [
        (TieOrder(people=keys_of(["a"])), "there are 1 numbers for 2 people"),
        (TieOrder(people=keys_of(["a", "a"])), "two of the people have the same number"),
        (TieOrder(posts=keys_of(["a", "b"])), "there are 2 numbers for 1 posts"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(order: TieOrder, message: str) -> None:
    problem = AssignmentProblem.of(2, 1, [0, 1], [0, 0], [1.0, 1.0])
    with pytest.raises(ProblemShapeError, match=message):
        solve_assignment(problem, order)
    with pytest.raises(ProblemShapeError, match=message):
        solve_by_pricing(problem, source_of(problem, 5), order=order)
