"""Every answer equals a re-solve or brute force."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.algorithms.assignment.instances import is_feasible, plans, problems, random_problem, worth

from secondment.algorithms.assignment import (
    AssignmentProblem,
    AssignmentSolution,
    LockError,
    NotOptimalError,
    ScoreRangeError,
    TieOrder,
    solve_assignment,
)
from secondment.algorithms.explanation import (
    Change,
    Explainer,
    ImpossibleChangeError,
    Loss,
    RuledOut,
    best_alternatives,
    relaxations,
    shortage_of,
)


def loss_by_solving(
    problem: AssignmentProblem, solution: AssignmentSolution, **changed: object
) -> Loss | None:
    """The loss of a changed problem by solving it again; None when the change contradicts the rules."""
    parts = {
        "group": problem.group,
        "cap": problem.cap,
        "priority": problem.priority,
        "capacity": problem.capacity,
    }
    parts |= {"locked": problem.locked, "forbidden": problem.forbidden} | changed
    try:
        other = AssignmentProblem.of(
            problem.n_people, problem.n_posts, problem.person, problem.post, problem.score, **parts
        )
    except LockError:
        return None
    pairs = solve_assignment(other).pairs
    return difference(problem, solution.pairs, pairs)


def difference(problem: AssignmentProblem, before: tuple, after: tuple) -> Loss:
    first, second = worth(problem, before), worth(problem, after)
    places = tuple(a - b for a, b in zip(first.filled, second.filled, strict=True))
    return Loss(places, (first.score - second.score) / 1000)


def check_change(problem: AssignmentProblem, solution: AssignmentSolution, change: Change) -> tuple:
    """The changed plan is feasible and its loss is the one stated; returns the plan."""
    plan = tuple(sorted((set(solution.pairs) - set(change.removed)) | set(change.added)))
    assert set(change.removed) <= set(solution.pairs)
    assert not set(change.added) & set(solution.pairs)
    assert is_feasible(problem, plan)
    assert change.loss == difference(problem, solution.pairs, plan)
    return plan


def check_all_pairs(problem: AssignmentProblem, solution: AssignmentSolution) -> int:
    explainer = Explainer(problem, solution.pairs)
    questions = 0
    for person, post in zip(problem.person.tolist(), problem.post.tolist(), strict=True):
        pair = (person, post)
        if pair in problem.locked or pair in problem.forbidden:
            continue
        if pair in solution.pairs:
            change = explainer.forbid(pair)
            assert pair not in check_change(problem, solution, change)
            assert change.loss == loss_by_solving(problem, solution, forbidden=(*problem.forbidden, pair))
        else:
            expected = loss_by_solving(problem, solution, locked=(*problem.locked, pair))
            try:
                change = explainer.force(pair)
            except ImpossibleChangeError:
                assert expected is None
            else:
                assert pair in check_change(problem, solution, change)
                assert change.loss == expected
        questions += 1
    return questions


@settings(max_examples=60)
@given(problems())
def test_forcing_and_forbidding_any_pair_costs_what_a_new_solution_loses(problem: AssignmentProblem) -> None:
    check_all_pairs(problem, solve_assignment(problem))


def test_an_exchange_of_equals_moves_nobody_twice() -> None:
    # The cheapest ways to and from "stays at home" both lead through person 0 here.
    problem = AssignmentProblem.of(
        2,
        4,
        [0, 1] * 4,
        [0, 0, 1, 1, 2, 2, 3, 3],
        [0.0] * 8,
        group=[0, 0],
        cap=[1],
        capacity=[0, 1, 0, 1],
        forbidden=((0, 0), (1, 0), (0, 2), (1, 2), (0, 3)),
    )
    solution = solve_assignment(problem, TieOrder(seed=1))
    assert solution.pairs == ((0, 1),)
    change = Explainer(problem, solution.pairs).force((1, 1))
    assert (change.added, change.removed, change.loss.n_places) == (((1, 1),), ((0, 1),), 0)


@pytest.mark.parametrize("n_groups", [0, 5])
@pytest.mark.parametrize("n_levels", [1, 3])
@pytest.mark.parametrize("n_people", [60, 22, 18])
def test_hundreds_of_questions_on_larger_instances(n_groups: int, n_levels: int, n_people: int) -> None:
    problem = random_problem(3, 20, n_people, 4, n_groups=n_groups, share=0.5, n_levels=n_levels)
    assert check_all_pairs(problem, solve_assignment(problem)) >= 60


@settings(max_examples=50)
@given(problems(with_locks=False))
def test_prices_are_what_a_place_more_or_fewer_is_worth(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    for name, values, price in (
        ("capacity", problem.capacity, explainer.post_price),
        ("cap", problem.cap, explainer.cap_price),
    ):
        for index, value in enumerate(values.tolist()):
            found = price(index)
            more, fewer = values.copy(), values.copy()
            more[index] += 1
            assert found.one_more == loss_by_solving(problem, solution, **{name: more})
            fewer[index] = max(value - 1, 0)
            expected = loss_by_solving(problem, solution, **{name: fewer}) if value else None
            assert found.one_fewer == expected


@settings(max_examples=50)
@given(problems(with_locks=False))
def test_withdrawing_a_person_costs_what_a_new_solution_loses(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    for person in range(problem.n_people):
        if person not in dict(solution.pairs):
            with pytest.raises(ImpossibleChangeError, match="is not in the plan or is locked"):
                explainer.withdraw(person)
            continue
        change = explainer.withdraw(person)
        assert person not in dict(check_change(problem, solution, change))
        forbidden = [(person, post) for post in problem.post[problem.person == person].tolist()]
        assert change.loss == loss_by_solving(problem, solution, forbidden=forbidden)


@settings(max_examples=50)
@given(problems(with_locks=False))
def test_candidates_come_in_order_of_their_loss(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    for post in range(problem.n_posts):
        people = problem.person[problem.post == post].tolist()
        losses = [
            loss
            for person in people
            if (person, post) not in solution.pairs
            and (loss := loss_by_solving(problem, solution, locked=[(person, post)])) is not None
        ]
        found = explainer.candidates(post)
        assert [one.change.loss for one in found] == sorted(
            losses, key=lambda loss: (loss.places, loss.score)
        )[:2]
        assert all((one.person, post) in one.change.added for one in found)


@settings(max_examples=50)
@given(problems(with_locks=False))
def test_cheapest_placing_of_an_idle_person_is_the_cheapest(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    for person in set(range(problem.n_people)) - set(dict(solution.pairs)):
        losses = [
            loss
            for post in problem.post[problem.person == person].tolist()
            if (loss := loss_by_solving(problem, solution, locked=[(person, post)])) is not None
        ]
        if not losses:
            with pytest.raises(ImpossibleChangeError, match="leave person"):
                explainer.cheapest_placing(person)
            continue
        change = explainer.cheapest_placing(person)
        assert person in dict(check_change(problem, solution, change))
        assert change.loss == min(losses)


@settings(max_examples=40)
@given(problems())
def test_alternatives_are_the_next_best_plans(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    best = set(solution.pairs)
    others = [plan for plan in plans(problem) if set(plan) != best]
    expected = sorted(
        (difference(problem, solution.pairs, plan) for plan in others),
        key=lambda loss: (loss.places, loss.score),
    )
    found = best_alternatives(problem, solution, most=4)
    assert [one.loss for one in found] == expected[:4]
    assert len({frozenset(one.pairs) for one in found} | {frozenset(best)}) == len(found) + 1
    for one in found:
        assert is_feasible(problem, one.pairs)
        assert one.loss == difference(problem, solution.pairs, one.pairs)


@settings(max_examples=60)
@given(problems())
def test_a_shortage_shows_more_wanted_than_available(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    locked_people, locked_posts = dict(problem.locked), [post for _, post in problem.locked]
    for post in range(problem.n_posts):
        filled = [other for _, other in solution.pairs].count(post)
        shortage = shortage_of(explainer, post)
        assert (shortage is None) == (filled >= problem.capacity[post])
        if shortage is None:
            continue
        assert post in shortage.posts
        assert shortage.n_available < shortage.n_wanted
        served = [pair for pair in solution.pairs if pair[1] in shortage.posts and pair not in problem.locked]
        assert len(served) == shortage.n_available
        assert problem.level[list(shortage.posts)].max() <= problem.level[post]
        reachable = {
            pair[0]
            for pair in zip(problem.person.tolist(), problem.post.tolist(), strict=True)
            if pair[1] in shortage.posts and pair not in problem.forbidden and pair[0] not in locked_people
        }
        assert reachable <= set(shortage.people)
        places = sum(int(problem.capacity[p]) - locked_posts.count(p) for p in shortage.posts)
        assert shortage.n_wanted == places


def test_relaxations_tell_which_rule_frees_most_posts() -> None:
    problem = AssignmentProblem.of(3, 3, [0, 0], [0, 1], [1.0, 2.0])
    solution = solve_assignment(problem)
    rules = {
        "age": RuledOut(np.array([1]), np.array([1]), np.array([5.0])),
        "recusal": RuledOut(np.array([1, 2]), np.array([0, 2]), np.array([1.0, 1.0])),
        "term": RuledOut(np.array([1]), np.array([0]), np.array([-9.0])),
    }
    found = relaxations(problem, solution, rules)
    assert [(one.rule, one.n_more, one.score_gained) for one in found] == [
        ("recusal", 2, 2.0),
        ("age", 1, 4.0),
        ("term", 1, -9.0),
    ]


def test_questions_without_sense_are_refused() -> None:
    problem = AssignmentProblem.of(3, 2, [0, 1, 2], [0, 0, 1], [2.0, 1.0, 1.0], locked=[(2, 1)])
    explainer = Explainer(problem, solve_assignment(problem).pairs)
    with pytest.raises(ImpossibleChangeError, match="person 0 and post 0 are already in the plan"):
        explainer.force((0, 0))
    with pytest.raises(ImpossibleChangeError, match="person 1 and post 0 are not in the plan"):
        explainer.forbid((1, 0))
    with pytest.raises(ImpossibleChangeError, match="not admissible, or decided by a lock"):
        explainer.force((1, 1))
    with pytest.raises(ImpossibleChangeError, match="not admissible, or decided by a lock"):
        explainer.forbid((2, 1))


def test_a_plan_that_is_not_optimal_is_not_explained() -> None:
    problem = AssignmentProblem.of(2, 1, [0, 1], [0, 0], [2.0, 1.0])
    with pytest.raises(NotOptimalError):
        Explainer(problem, [(1, 0)])


def test_scores_too_wide_for_exact_losses_are_refused() -> None:
    n = 400
    problem = AssignmentProblem.of(n, n, range(n), range(n), [0.0, 1e6] * (n // 2), priority=range(n))
    with pytest.raises(ScoreRangeError, match="too widely to explain 400 posts"):
        Explainer(problem, [])


def test_losses_compare_as_plans_do() -> None:
    assert Loss((0, 1), 0.0) < Loss((1, -1), -50.0)
    assert not Loss((0, 1), 2.0) < Loss((0, 1), 1.0)
    assert Loss((1, -1), 0.0).n_places == 0
    assert replace(Loss((1,), 0.0), score=1.0) != Loss((1,), 0.0)
