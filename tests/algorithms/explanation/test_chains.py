"""A change told post by post is the change itself: each chain can be carried out alone, and its steps add up."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from tests.algorithms.assignment.instances import is_feasible, problems, random_problem
from tests.algorithms.explanation.test_explanation import check_change, difference, loss_by_solving

from secondment.algorithms.assignment import AssignmentProblem, solve_assignment
from secondment.algorithms.explanation import Chain, Explainer, Step, chains_of


def check_chain(problem: AssignmentProblem, before: tuple, chain: Chain) -> None:
    """Carried out alone, the chain is a plan, loses what it says, and its steps say what each exchange gains."""
    removed = {(one.leaver, one.post) for one in chain.steps if one.leaver is not None}
    added = {(one.comer, one.post) for one in chain.steps if one.comer is not None}
    after = tuple((set(before) - removed) | added)
    assert is_feasible(problem, after)
    assert chain.loss == difference(problem, before, after)
    assert sum(one.gain for one in chain.steps) == pytest.approx(-chain.loss.score, abs=1e-9)
    assert set(chain.without_post) == {person for person, _ in removed} - {person for person, _ in added}


@settings(max_examples=60)
@given(problems())
def test_every_answer_is_one_chain_that_begins_with_what_was_asked(problem: AssignmentProblem) -> None:
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    for post in range(problem.n_posts):
        for one in explainer.candidates(post, most=None):
            first, *others = chains_of(
                problem, solution.pairs, one.change.removed, one.change.added, first=(one.person, post)
            )
            assert not others
            assert (first.steps[0].post, first.steps[0].comer) == (post, one.person)
            assert first.loss == one.change.loss
            check_chain(problem, solution.pairs, first)


@settings(max_examples=60)
@given(problems())
def test_all_at_once_equals_one_by_one(problem: AssignmentProblem) -> None:
    """Everybody for a post, and every post for a person, cost what forcing each pair costs; the cheapest come first."""
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    found = [list(explainer.candidates(post, most=None)) for post in range(problem.n_posts)]
    found += [list(explainer.placings(person)) for person in range(problem.n_people)]
    for answers in found:
        assert [one.worth for one in answers] == sorted(one.worth for one in answers)
        for one in answers:
            assert one.change.loss == explainer.force((one.person, one.post)).loss
            assert (one.person, one.post) in check_change(problem, solution, one.change)
    assert sum(map(len, found[: problem.n_posts])) == sum(map(len, found[problem.n_posts :]))


def test_two_hundred_random_questions_equal_a_new_solution() -> None:
    problem = random_problem(11, 120, 200, 6, n_groups=12, share=0.3, n_levels=2)
    solution = solve_assignment(problem)
    explainer = Explainer(problem, solution.pairs)
    pairs = sorted(
        set(zip(problem.person.tolist(), problem.post.tolist(), strict=True)) - set(solution.pairs)
    )
    for pair in random.Random(11).sample(pairs, 200):
        expected = loss_by_solving(problem, solution, locked=(*problem.locked, pair))
        assert explainer.force(pair).loss == expected


def test_plans_that_differ_in_two_places_are_told_as_two_chains() -> None:
    """Two swaps that have nothing to do with each other; without a pair asked for, by post."""
    problem = AssignmentProblem.of(
        4, 4, [0, 1] * 2 + [2, 3] * 2, [0, 0, 1, 1, 2, 2, 3, 3], [1, 5, 3, 2, 7, 0, 4, 9]
    )
    before = ((0, 0), (1, 1), (2, 2), (3, 3))
    removed, added = before, ((1, 0), (0, 1), (3, 2), (2, 3))
    first, second = chains_of(problem, before, removed, added)
    assert first.steps == (Step(0, 0, 1, 4.0), Step(1, 1, 0, 1.0))
    assert second.steps == (Step(2, 2, 3, -7.0), Step(3, 3, 2, -5.0))
    assert (first.loss.score, second.loss.score) == (-5.0, 12.0)
    other, _ = chains_of(problem, before, removed, added, first=(2, 3))
    assert other.steps == (Step(3, 3, 2, -5.0), Step(2, 2, 3, -7.0))


def test_a_full_unit_lets_one_go_for_another() -> None:
    """Unit 0 releases one: 1 goes only because 0 stays at home, whose post 2 takes; nobody else is concerned."""
    problem = AssignmentProblem.of(3, 2, [0, 2, 1], [0, 0, 1], [5.0, 4.0, 3.0], group=[0, 0, -1], cap=[1])
    (chain,) = chains_of(problem, ((0, 0),), ((0, 0),), ((2, 0), (1, 1)), first=(1, 1))
    assert chain.steps == (Step(1, None, 1, 3.0), Step(0, 0, 2, -1.0))
    assert (chain.room_for, chain.without_post) == (((0, 1),), (0,))
    assert (chain.loss.n_places, chain.loss.score) == (-1, -2.0)
    back = chains_of(problem, ((0, 0),), ((0, 0),), ((2, 0), (1, 1)), first=(2, 0))
    assert back[0].steps == (Step(0, 0, 2, -1.0), Step(1, None, 1, 3.0))


def test_a_place_that_stays_empty_and_one_that_is_filled() -> None:
    problem = AssignmentProblem.of(1, 2, [0, 0], [0, 1], [5.0, 4.0])
    (chain,) = chains_of(problem, ((0, 0),), ((0, 0),), ((0, 1),), first=(0, 1))
    assert chain.steps == (Step(1, None, 0, 4.0), Step(0, 0, None, -5.0))
    assert (chain.without_post, np.sum(chain.loss.places)) == ((), 0)
