"""The short cut for plentiful people finds what the whole flow finds."""

import numpy as np
import pytest
from tests.algorithms.assignment.instances import random_problem

from secondment.algorithms.assignment import AssignmentProblem, core
from secondment.algorithms.assignment.core import solve_network
from secondment.algorithms.assignment.flow import solve_flow
from secondment.algorithms.assignment.network import reduce_problem


@pytest.mark.parametrize("n_groups", [0, 8])
@pytest.mark.parametrize("n_levels", [1, 2])
@pytest.mark.parametrize("n_people", [200, 600])
def test_short_cut_equals_whole_flow(n_people: int, n_levels: int, n_groups: int) -> None:
    network = reduce_problem(
        random_problem(2, 100, n_people, 80, n_groups=n_groups, n_levels=n_levels)
    ).network
    assert len(network.post) >= core.LOOSE_DEGREE * network.n_posts
    chosen, prices = solve_network(network)
    assert network.worth[chosen].sum() == network.worth[solve_flow(network)].sum() == prices.bound(network)
    assert (prices.post[network.post] + prices.taking[network.person] - network.worth).min() >= 0


@pytest.mark.parametrize("most_rounds", [0, 1, 4])
def test_when_all_want_the_same_people_the_whole_flow_decides(most_rounds: int) -> None:
    random = np.random.default_rng(1)
    n_posts, n_people = 60, 120
    post, person = np.repeat(np.arange(n_posts), n_people), np.tile(np.arange(n_people), n_posts)
    score = np.round(1000.0 * (n_people - person) + random.normal(size=len(post)), 3)
    network = reduce_problem(AssignmentProblem.of(n_people, n_posts, person, post, score)).network
    chosen, prices = solve_network(network, most_rounds=most_rounds)
    assert len(chosen) == n_posts
    assert network.worth[chosen].sum() == prices.bound(network)
