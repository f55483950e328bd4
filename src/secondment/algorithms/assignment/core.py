"""Solve a network: a few good pairs per post first where people are plenty, all pairs otherwise."""

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment.flow import solve_flow
from secondment.algorithms.assignment.network import Network
from secondment.algorithms.assignment.prices import Prices, prices_of

PER_POST = 10
MOST_ROUNDS = 4
LOOSE_DEGREE = 4 * PER_POST
LOOSE_PEOPLE = 2
MOST_PADDING = 3


def solve_network(network: Network, *, most_rounds: int = MOST_ROUNDS) -> tuple[IntArray, Prices]:
    """Chosen arc rows and the prices that prove them optimal over all arcs.

    Where posts have many candidates, the best few arcs per post are solved and every arc outside that
    pays under the prices is added, until none does. After `most_rounds` all arcs are solved together, so
    the worst case costs a bounded part more than one minimum-cost flow. The choice depends on the
    input alone, never on time.
    """
    if _is_loose(network):
        rows = _best_rows(network)
        for _ in range(most_rounds):
            part = network.with_arcs(network.post[rows], network.person[rows], network.value[rows])
            chosen = solve_flow(part)
            prices = prices_of(part, chosen)
            paying = network.worth > prices.post[network.post] + prices.taking[network.person]
            if not paying.any():
                return rows[chosen], prices
            rows = np.union1d(rows, np.flatnonzero(paying))
    chosen = solve_flow(network)
    return chosen, prices_of(network, chosen)


def _is_loose(network: Network) -> bool:
    n_places = int(network.slots.sum())
    degree = np.diff(network.start)
    return bool(
        len(network.post) >= LOOSE_DEGREE * max(network.n_posts, 1)
        and network.n_people >= LOOSE_PEOPLE * n_places
        and network.n_posts * int(degree.max(initial=0)) <= MOST_PADDING * len(network.post)
    )


def _best_rows(network: Network) -> IntArray:
    """Rows of the best arcs of each post; equal values at the border all stay."""
    start = network.start
    width = int(np.diff(start).max())
    padded = np.full((network.n_posts, width), -1, dtype=np.int64)
    padded[network.post, np.arange(len(network.post)) - start[network.post]] = network.value
    border = np.partition(padded, width - PER_POST, axis=1)[:, width - PER_POST]
    return np.flatnonzero(network.value >= border[network.post])
