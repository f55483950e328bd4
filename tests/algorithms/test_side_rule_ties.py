"""Under side rules, too, the nearest of equally good plans is taken, then the one that the lot takes; nothing is given up."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondment.algorithms.assignment import TieOrder
from secondment.algorithms.side_rules.attempts import CorePlan
from secondment.algorithms.side_rules.highs import Answer, Program, Search, SolverError
from secondment.algorithms.side_rules.model import build_model
from secondment.algorithms.side_rules.problem import BadProblemError, Goal, SideRuleProblem
from secondment.algorithms.side_rules.solution import GoalOutcome, Status
from secondment.algorithms.side_rules.solve import Limits, solve_with_side_rules
from secondment.algorithms.side_rules.ties import is_as_good, tell_apart, tie_goals
from tests.algorithms.test_side_rules import (
    N_PEOPLE,
    N_POSTS,
    RULES,
    Keeps,
    big_problem,
    make_problem,
    pairs_and_scores,
)


def with_ties(problem: SideRuleProblem, order: TieOrder) -> SideRuleProblem:
    return replace(problem, tie_goals=tie_goals(order, N_PEOPLE, problem.person, problem.post))


def best_by_trying(problem: SideRuleProblem, keeps: list[Keeps]) -> tuple[float, ...] | None:
    """All goals, tie goals included, of the best plan that keeps the rules."""
    goals = (*problem.goals, *problem.tie_goals)
    values = []
    for arcs in product(*([-1, *np.flatnonzero(problem.person == one)] for one in range(N_PEOPLE))):
        chosen = [arc for arc in arcs if arc >= 0]
        plan = {int(problem.person[arc]): int(problem.post[arc]) for arc in chosen}
        if len(set(plan.values())) == len(plan) and all(kept(plan) for kept in keeps):
            values.append(tuple(float(goal.value[chosen].sum()) for goal in goals))
    return max(values, default=None)


orders = st.builds(
    lambda reference, seed: TieOrder(tuple(reference.items()), seed),
    st.dictionaries(st.integers(0, N_PEOPLE - 1), st.integers(0, N_POSTS - 1), max_size=4),
    st.integers(0, 3),
)


@settings(max_examples=120)
@given(
    drawn=pairs_and_scores(),
    coarse=st.sampled_from([1, 10, 100]),
    order=orders,
    kinds=st.lists(st.sampled_from(sorted(RULES)), unique=True, max_size=3),
)
def test_tie_goals_come_after_everything_else(
    drawn: tuple[list[tuple[int, int]], list[int]], coarse: int, order: TieOrder, kinds: list[str]
) -> None:
    pairs, scores = drawn
    rules = [RULES[kind][0] for kind in kinds]
    problem = with_ties(make_problem(pairs, [score // coarse for score in scores], rules), order)
    solution = solve_with_side_rules(problem)
    best = best_by_trying(problem, [RULES[kind][1] for kind in kinds])
    if best is None:
        assert solution.status is Status.INFEASIBLE
        return
    assert solution.status is Status.OPTIMAL
    reached = [goal.value[solution.chosen].sum() for goal in (*problem.goals, *problem.tie_goals)]
    assert tuple(reached) == pytest.approx(best)
    assert [one.value for one in solution.ties] == pytest.approx(best[-len(problem.tie_goals) :])
    assert all(one.gap <= 1e-6 for one in solution.ties)


@settings(max_examples=25)
@given(drawn=pairs_and_scores(), random=st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(
    drawn: tuple[list[tuple[int, int]], list[int]], random: object
) -> None:
    pairs, scores = drawn
    places = random.sample(range(len(pairs)), len(pairs))  # type: ignore[attr-defined]
    order = TieOrder(((0, 1), (1, 0)), seed=2)
    first = with_ties(make_problem(pairs, [score // 10 for score in scores], []), order)
    second = with_ties(
        make_problem([pairs[one] for one in places], [scores[one] // 10 for one in places], []), order
    )
    plans = [
        {(int(one.person[arc]), int(one.post[arc])) for arc in solve_with_side_rules(one).chosen}
        for one in (first, second)
    ]
    assert plans[0] == plans[1]


def test_before_ties_says_what_the_tie_goals_changed() -> None:
    problem = make_problem([(0, 0), (1, 0)], [1, 1], [])
    for person in (0, 1):
        solution = solve_with_side_rules(with_ties(problem, TieOrder(((person, 0),))))
        assert problem.person[solution.chosen].tolist() == [person]
        assert solution.before_ties is not None
        assert solution.before_ties.tolist() == [0]


def test_a_search_that_was_stopped_asks_for_no_ties() -> None:
    problem = with_ties(make_problem([(0, 0), (1, 0)], [1, 1], []), TieOrder(((1, 0),)))
    limits = Limits()
    limits.interruption.request()
    solution = solve_with_side_rules(problem, limits)
    assert (solution.ties, solution.before_ties) == ((), None)


def test_ties_have_a_time_of_their_own() -> None:
    problem = big_problem()
    coarse = replace(problem, score=np.round(problem.score / 25))
    order = TieOrder(tuple(zip(problem.person[::37].tolist(), problem.post[::37].tolist(), strict=True)))
    stated = replace(coarse, tie_goals=tie_goals(order, 160, problem.person, problem.post))
    rushed = solve_with_side_rules(stated, Limits(tie_seconds=1e-9))
    assert rushed.status is Status.OPTIMAL
    assert rushed.ties[0].gap > 1e-6
    full = solve_with_side_rules(stated)
    assert full.ties[0].gap <= 1e-6
    assert full.ties[0].value >= rushed.ties[0].value
    assert [goal.value for goal in full.goals] == pytest.approx([goal.value for goal in rushed.goals])


def test_a_plan_that_gives_up_something_is_not_taken() -> None:
    """As the solver's precision could let one through."""
    problem = make_problem([(0, 0), (1, 0)], [1, 2], [])
    best, worse = np.array([1]), np.array([0])

    def careless(_model: object, goal: Goal, _start: object) -> tuple[CorePlan, GoalOutcome]:
        return CorePlan(worse, 1.0, 1.0, 2), GoalOutcome(goal.name, 1.0, 1.0, 0.0, 2, 1)

    tie = Goal("nearness", np.array([1.0, 0.0]))
    told = tell_apart(build_model(problem), problem.goals, [tie], best, careless)
    assert (told.chosen.tolist(), told.outcomes) == ([1], ())

    def failing(_model: object, _goal: Goal, _start: object) -> tuple[CorePlan, GoalOutcome]:
        raise SolverError("HiGHS ended with “Infeasible”")

    told = tell_apart(build_model(problem), problem.goals, [tie], best, failing)
    assert (told.chosen.tolist(), told.outcomes) == ([1], ())
    assert is_as_good(problem.score, best, best)
    assert not is_as_good(problem.score, worse, best)


def test_who_watches_is_told_of_plans_and_bounds_of_both_goals() -> None:
    seen: list[tuple[str, float, float]] = []
    problem = big_problem()
    solution = solve_with_side_rules(problem, Limits(watch=lambda *found: seen.append(found)))
    assert seen[-1][:2] == ("total score", pytest.approx(solution.goals[1].value))
    assert {name for name, _value, _bound in seen} <= {"places filled", "total score"}
    assert all(value <= bound + 1e-6 for _name, value, bound in seen)


def test_who_watches_hears_of_the_search_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """One call of the solver may take minutes: what it reports meanwhile is passed on as values and bounds of all pairs."""
    heard: list[tuple[float, float]] = []
    solve = Program.solve_integer

    def solve_aloud(self: Program, search: Search, start: object = None, told: object = None) -> Answer:
        if told is not None:
            told(-np.inf, 500.0)  # type: ignore[operator]
            told(3.0, np.inf)  # type: ignore[operator]
        return solve(self, search, start, told)  # type: ignore[arg-type]

    monkeypatch.setattr(Program, "solve_integer", solve_aloud)
    problem = big_problem()
    watch = lambda _goal, value, bound: heard.append((value, bound))  # noqa: E731
    solution = solve_with_side_rules(problem, Limits(watch=watch))
    assert solution.status is Status.OPTIMAL
    assert all(np.isfinite(value) and value <= bound + 1e-6 for value, bound in heard)


@pytest.mark.parametrize(
    ("ties", "words"),
    [
        ((Goal("g", np.zeros(1)),), "goal “g” has 1 values for 2 pairs"),
        ((Goal("g", np.array([1.0, np.inf])),), "goal “g” must have numbers between"),
    ],
)
def test_impossible_tie_goals_are_refused(ties: tuple[Goal, ...], words: str) -> None:
    with pytest.raises(BadProblemError, match=words):
        replace(make_problem([(0, 0), (1, 0)], [1, 1], []), tie_goals=ties)
