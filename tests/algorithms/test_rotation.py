"""Rotation plans against all plans of small problems."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms.rotation import (
    NEVER,
    BadRotationError,
    RotationProblem,
    RotationStatus,
    plan_rotation,
    possible_terms,
)


def make_problem(**change: object) -> RotationProblem:
    """Four people of two units, two kinds (one and two years), three years."""
    parts: dict[str, object] = {
        "n_years": 3,
        "unit": np.array([0, 0, 1, 1]),
        "may_be_away": np.ones((2, 3), dtype=np.int64),
        "need": np.array([[1, 0, 1], [0, 1, 0]]),
        "term_years": np.array([1, 2]),
        "suits": np.ones((4, 2), dtype=np.bool_),
        "value": np.array([[5, 1], [4, 4], [3, 9], [2, 2]]),
        "rest_years": 1,
        "back_since": np.array([NEVER, 0, NEVER, NEVER]),
        "unavailable": np.zeros((4, 3), dtype=np.bool_),
    }
    return RotationProblem(**{**parts, **change})  # type: ignore[arg-type]


def is_kept(problem: RotationProblem, plan: list[tuple[int, int, int]]) -> bool:
    """The rules read aloud."""
    years_of = {term: range(term[2], term[2] + int(problem.term_years[term[1]])) for term in plan}
    for who, kind, first in plan:
        if not problem.suits[who, kind] or first < problem.back_since[who] + problem.rest_years:
            return False
        told = problem.unavailable.shape[1]
        if any(problem.unavailable[who, y] for y in years_of[who, kind, first] if y < told):
            return False
    for one, two in combinations(sorted(plan, key=lambda term: term[2]), 2):
        if one[0] == two[0] and two[2] < years_of[one].stop + problem.rest_years:
            return False
    for unit, year in np.ndindex(*problem.may_be_away.shape):
        sent = sum(problem.unit[term[0]] == unit and year in years_of[term] for term in plan)
        still_out = int(((problem.unit == unit) & (problem.back_since > year)).sum())
        if sent and sent + still_out > problem.may_be_away[unit, year]:
            return False
    return all(
        sum(term[1:] == (kind, year) for term in plan) <= problem.need[kind, year]
        for kind, year in np.ndindex(*problem.need.shape)
    )


def rating(problem: RotationProblem, plan: list[tuple[int, int, int]]) -> tuple[int, int, int]:
    """Uncovered, busiest load in thousandths rounded up, negative value."""
    loads = [0]
    for unit in range(len(problem.may_be_away)):
        members = int((problem.unit == unit).sum())
        years = sum(
            min(int(problem.term_years[k]), problem.n_years - y)
            for j, k, y in plan
            if problem.unit[j] == unit
        )
        loads.append(-(-1000 * years // members) if members else 0)
    value = sum(int(problem.value[j, k]) for j, k, _ in plan)
    return int(problem.need.sum()) - len(plan), max(loads), -value


def best_by_trying(problem: RotationProblem) -> tuple[int, int, int]:
    n_people, n_kinds = problem.suits.shape
    every = [
        (j, k, y)
        for j, k, y in np.ndindex(n_people, n_kinds, problem.n_years)
        if is_kept(problem, [(j, k, y)])
    ]
    most = min(int(problem.need.sum()), len(every))
    plans = (list(plan) for n in range(most + 1) for plan in combinations(every, n))
    return min(rating(problem, plan) for plan in plans if is_kept(problem, plan))


@st.composite
def small_problems(draw: st.DrawFn) -> RotationProblem:
    def grid(shape: tuple[int, int], most: int) -> np.ndarray:
        cells = st.lists(st.integers(0, most), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
        return np.array(draw(cells), dtype=np.int64).reshape(shape)

    need = np.zeros((2, 3), dtype=np.int64)
    for kind, year in draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2)), max_size=3)):
        need[kind, year] += 1
    return make_problem(
        need=need,
        term_years=np.array(draw(st.sampled_from([(1, 2), (2, 3), (1, 4)]))),
        may_be_away=grid((2, draw(st.integers(3, 5))), 2),
        suits=grid((4, 2), 3) > 0,
        value=grid((4, 2), 9),
        rest_years=draw(st.integers(0, 2)),
        back_since=np.array(draw(st.lists(st.sampled_from([NEVER, -1, 0, 1, 2]), min_size=4, max_size=4))),
        unavailable=grid((4, draw(st.integers(3, 6))), 3) == 0,
    )


@settings(max_examples=40)
@given(small_problems())
def test_plan_is_the_best_of_all_plans_that_keep_the_rules(problem: RotationProblem) -> None:
    plan = plan_rotation(problem)
    terms = [(int(j), int(k), int(y)) for j, k, y in plan.terms]
    assert plan.status is RotationStatus.OPTIMAL
    assert is_kept(problem, terms)
    assert rating(problem, terms) == best_by_trying(problem) == tuple(goal.value for goal in plan.goals)
    assert plan.uncovered.sum() == plan.goals[0].value
    assert (plan.uncovered >= 0).all()


@settings(max_examples=10)
@given(small_problems())
def test_more_people_allowed_away_never_leaves_more_uncovered(problem: RotationProblem) -> None:
    freer = make_problem(
        **{
            name: getattr(problem, name)
            for name in ("need", "term_years", "suits", "value", "rest_years", "back_since")
        },
        may_be_away=problem.may_be_away + 1,
        unavailable=problem.unavailable,
    )
    assert plan_rotation(freer).goals[0].value <= plan_rotation(problem).goals[0].value


def test_plan_of_the_example_sends_the_best_person_again_after_the_rest() -> None:
    plan = plan_rotation(make_problem())
    assert [goal.value for goal in plan.goals] == [0, 1000, -19]
    assert plan.terms.tolist() == [[0, 0, 0], [0, 0, 2], [2, 1, 1]]


def campaign() -> RotationProblem:
    """Sixty people, six units, four kinds, five years."""
    rng = np.random.default_rng(5)
    return RotationProblem(
        n_years=5,
        unit=np.arange(60) % 6,
        may_be_away=np.full((6, 5), 2),
        need=rng.integers(0, 4, (4, 5)),
        term_years=np.array([1, 1, 2, 2]),
        suits=rng.random((60, 4)) < 0.4,
        value=rng.integers(0, 100, (60, 4)),
        rest_years=2,
        back_since=rng.integers(-4, 1, 60),
        unavailable=rng.random((60, 5)) < 0.05,
    )


def test_equal_problems_and_seeds_give_equal_plans() -> None:
    first, second = (plan_rotation(campaign(), effort=0.3, seed=9) for _ in range(2))
    assert first.terms.tolist() == second.terms.tolist()
    assert first.goals == second.goals


def test_effort_that_runs_out_is_told() -> None:
    plan = plan_rotation(campaign(), effort=0.0)
    assert plan.status is RotationStatus.UNKNOWN
    assert plan.goals == ()
    assert plan.terms.tolist() == []
    assert plan.uncovered.tolist() == campaign().need.tolist()


def test_possible_terms_wait_for_the_rest_after_the_last_term() -> None:
    own = [tuple(term[1:]) for term in possible_terms(make_problem()).tolist() if term[0] == 1]
    assert own == [(0, 2), (1, 1)]


@pytest.mark.parametrize(("closed", "is_possible"), [(2, False), (3, False), (4, True)])
def test_a_term_beyond_the_plan_keeps_its_whole_length(*, closed: int, is_possible: bool) -> None:
    unavailable = np.zeros((4, 5), dtype=np.bool_)
    unavailable[2, closed] = True
    terms = possible_terms(
        make_problem(
            need=np.array([[0, 0, 0], [0, 0, 1]]), term_years=np.array([1, 2]), unavailable=unavailable
        )
    )
    assert ([2, 1, 2] in terms.tolist()) is is_possible


def test_limits_of_units_after_the_plan_bind_terms_that_last() -> None:
    need = np.array([[0, 0, 0], [0, 0, 1]])
    open_after = np.array([[1, 1, 1, 1], [1, 1, 1, 1]])
    assert plan_rotation(make_problem(need=need, may_be_away=open_after)).goals[0].value == 0
    closed_after = np.array([[1, 1, 1, 0], [1, 1, 1, 0]])
    assert plan_rotation(make_problem(need=need, may_be_away=closed_after)).goals[0].value == 1


@pytest.mark.parametrize(("back", "uncovered"), [(0, 0), (1, 1), (2, 1)])
def test_whoever_is_still_out_counts_against_the_limit_of_the_unit(back: int, uncovered: int) -> None:
    problem = make_problem(
        need=np.array([[1, 0, 0], [0, 0, 0]]),
        suits=np.array([[True, True], [True, True], [False, False], [False, False]]),
        back_since=np.array([NEVER, back, NEVER, NEVER]),
    )
    assert plan_rotation(problem).goals[0].value == uncovered


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"n_years": 0}, "`n_years` must be above 0"),
        ({"need": np.zeros((1, 3), dtype=np.int64)}, r"`need` has shape \(1, 3\), \(2, 3\) is needed"),
        (
            {"unavailable": np.zeros((4, 2), dtype=np.bool_)},
            r"`unavailable` has shape \(4, 2\), \(4, 3 or more\) is needed",
        ),
        ({"unit": np.array([0, 0, 1, 2])}, "`unit` must lie in 0 … 1"),
        ({"term_years": np.array([0, 1])}, "at least 1"),
        ({"rest_years": -1}, "`rest_years` must not be negative"),
        ({"need": np.array([[1, 0, -1], [0, 1, 0]])}, "must not be negative"),
    ],
)
def test_rotation_problem_that_contradicts_itself_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(BadRotationError, match=words):
        make_problem(**change)
