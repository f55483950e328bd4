"""Pricing reaches the optimum over all pairs, whatever it starts from and however the pairs are cut."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.assignment.instances import problems, random_problem

from secondment.algorithms.assignment import AssignmentProblem, solve_assignment
from secondment.algorithms.assignment.pricing import Chunk, ChunkSource, solve_by_pricing


def source_of(problem: AssignmentProblem, size: int) -> ChunkSource:
    def chunks() -> Iterator[Chunk]:
        for start in range(0, problem.n_arcs, size):
            rows = slice(start, start + size)
            yield Chunk(problem.person[rows], problem.post[rows], problem.score[rows])
        yield Chunk(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))

    return chunks


@settings(max_examples=60)
@given(problems(with_locks=False), st.integers(1, 3), st.integers(1, 5))
def test_pricing_equals_solving_everything(problem: AssignmentProblem, per_post: int, size: int) -> None:
    found = solve_by_pricing(problem, source_of(problem, size), per_post=per_post)
    whole = solve_assignment(problem)
    assert found.solution.n_by_priority == whole.n_by_priority
    assert found.solution.total_score == whole.total_score
    assert found.solution.bound == found.solution.total_score
    assert found.rounds[-1].n_violators == 0
    assert found.n_pairs_priced == problem.n_arcs


@pytest.mark.parametrize("n_groups", [0, 10])
@pytest.mark.parametrize("n_people", [1000, 210, 180])
def test_few_pairs_are_enough_and_the_prices_prove_it(n_groups: int, n_people: int) -> None:
    problem = random_problem(5, 200, n_people, 60, n_groups=n_groups)
    found = solve_by_pricing(problem, source_of(problem, 1000), per_post=5)
    assert found.solution.total_score == solve_assignment(problem).total_score
    assert found.core.n_arcs < problem.n_arcs
    assert [one.n_filled for one in found.rounds] == sorted(one.n_filled for one in found.rounds)
    prices = found.solution.prices
    paid = prices.post[problem.post] + prices.taking[problem.person]
    low = round(problem.score.min() * 1e6)
    spread = round(problem.score.max() * 1e6) - low
    worth = np.rint(problem.score * 1e6).astype(np.int64) - low + min(200, n_people) * spread + 1
    assert (paid - worth).min() >= 0
