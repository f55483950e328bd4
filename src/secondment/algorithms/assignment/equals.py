"""Equally good plans: in which pairs they differ, and the one of them that is taken."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.assignment.core import solve_network
from secondment.algorithms.assignment.network import Network, chosen_mask, fill_worth
from secondment.algorithms.assignment.order import TieOrder
from secondment.algorithms.assignment.prices import Prices
from secondment.algorithms.assignment.problem import NO_GROUP

MOST_LOT = 2**20
MOST_TOTAL = 2**58


@dataclass(frozen=True, eq=False)
class Ties:
    """Chosen pairs (arc rows) that not every plan of equal worth has.

    `near` are in every such plan that is nearest to the reference; `drawn` are not, the lot has decided them.
    """

    near: IntArray
    drawn: IntArray


@dataclass(frozen=True, eq=False)
class Open:
    """The pairs that some but not all equally good plans have, as a network of their own.

    By complementary slackness the equally good plans are exactly the sets of tight pairs (worth = prices) in which
    every post, person and group with a price is used up, whichever optimal prices are taken.

    Attributes
    ----------
    network : posts, people and groups of these pairs only, with the room that the pairs in all plans leave
    rows, person, post : shape (n_arcs,), the pairs as rows, people and posts of the first network
    wanted : shape (n_arcs,), how many of post, person and group must be used up
    """

    network: Network
    rows: IntArray
    person: IntArray
    post: IntArray
    wanted: IntArray

    def with_value(self, value: IntArray) -> Network:
        """The network in which the plans of the highest total `value` are best and all of them use up what they must.

        All plans have equally many pairs, so that one full use outweighs every difference of total values.
        """
        network = self.network
        n_most = min(int(network.slots.sum()), network.n_people)
        worth = (n_most * int(np.ptp(value)) + 1) * self.wanted + value - value.min()
        return Network(
            network.n_people,
            network.n_posts,
            network.post,
            network.person,
            worth,
            network.slots,
            np.zeros(network.n_posts, dtype=np.int64),
            network.group,
            network.cap,
            fill_worth(n_most, int(np.ptp(worth)), 1),
            np.ones(1, dtype=np.int64),
        )

    def most_lot(self) -> int:
        """How wide lots may be; the same for every solver, because it depends on what is open alone."""
        network = self.network
        n_most = min(int(network.slots.sum()), network.n_people)
        n_nodes = network.n_posts + network.n_people + len(network.cap) + 2
        return max(2, min(MOST_LOT, MOST_TOTAL // (4 * n_most * max(n_most, n_nodes))))


def take_one(network: Network, chosen: IntArray, prices: Prices, order: TieOrder) -> tuple[IntArray, Ties]:
    """Of all plans that are worth as much as `chosen` (arc rows), the one that comes first in `order`.

    Each goal is one more flow over the pairs that are still open, proven by its own prices; draws are repeated until
    one plan is left, so that the outcome depends neither on the solver nor on its order of arcs.
    """
    in_plan = chosen_mask(network, chosen)
    left = first = _open_first(network, chosen, prices)
    if len(order.reference):
        left = _best(left, in_plan, order.is_kept(left.person, left.post, network.n_people))
        left = _best(left, in_plan, order.is_in(left.person))
    drawn = left.rows
    draw = 0
    while len(left.rows):
        left = _best(left, in_plan, order.lots(draw, left.person, left.post, left.most_lot()))
        draw += 1
    taken = np.flatnonzero(in_plan)
    by_lot = np.intersect1d(taken, drawn)
    return taken, Ties(np.setdiff1d(np.intersect1d(taken, first.rows), by_lot), by_lot)


def _best(left: Open, in_plan: BoolArray, value: IntArray | BoolArray) -> Open:
    """What is still open among the plans of the highest total value; one of them goes into `in_plan`."""
    if not len(left.rows):
        return left
    network = left.with_value(value.astype(np.int64))
    chosen, prices = solve_network(network)
    in_plan[left.rows] = False
    in_plan[left.rows[chosen]] = True
    inner = _open_first(network, chosen, prices)
    rows = inner.rows
    return Open(inner.network, left.rows[rows], left.person[rows], left.post[rows], inner.wanted)


def _open_first(network: Network, chosen: IntArray, prices: Prices) -> Open:
    rows = open_rows(network, chosen, prices)
    posts, post = np.unique(network.post[rows], return_inverse=True)
    people, person = np.unique(network.person[rows], return_inverse=True)
    groups, group = np.unique(network.group[people], return_inverse=True)
    fixed = np.setdiff1d(chosen, rows)
    n_fixed = np.bincount(network.post[fixed], minlength=network.n_posts)
    released = network.group[network.person[fixed]]
    n_released = np.bincount(released[released != NO_GROUP], minlength=len(network.cap))
    has_none = int(len(groups) > 0 and groups[0] == NO_GROUP)
    is_dear = (prices.post > 0, prices.person > 0, np.append(prices.group > 0, False))
    wanted = (
        is_dear[0][network.post[rows]].astype(np.int64)
        + is_dear[1][network.person[rows]]
        + is_dear[2][network.group[network.person[rows]]]
    )
    part = Network(
        len(people),
        len(posts),
        post.astype(np.int64),
        person.astype(np.int64),
        network.value[rows],
        (network.slots - n_fixed)[posts],
        network.level[posts],
        group.astype(np.int64) - has_none,
        (network.cap - n_released)[groups[has_none:]],
        network.fill,
        network.weight,
    )
    return Open(part, rows, network.person[rows], network.post[rows], wanted)


def open_rows(network: Network, chosen: IntArray, prices: Prices) -> IntArray:
    """Rows of the pairs that some but not all plans of equal worth have.

    Exchanges of worth 0 are the cycles of the residual graph without length; a pair is part of one exactly when both
    its ends lie in one strongly connected component. O(pairs).
    """
    is_tight = network.worth == prices.post[network.post] + prices.taking[network.person]
    tight = np.flatnonzero(is_tight)
    if len(tight) == len(chosen):
        return np.zeros(0, dtype=np.int64)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    tail, head = _exchanges(network, chosen, prices, tight)
    n_nodes = network.n_posts + network.n_people + len(network.cap) + 1
    graph = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(n_nodes, n_nodes))
    component = connected_components(graph.tocsr(), directed=True, connection="strong")[1]
    is_open = component[network.post[tight]] == component[network.n_posts + network.person[tight]]
    return np.asarray(tight[is_open])


def _exchanges(
    network: Network, chosen: IntArray, prices: Prices, tight: IntArray
) -> tuple[IntArray, IntArray]:
    """Edges of the residual graph that cost nothing: posts, people, groups, then the root where all are idle."""
    first_person, first_group = network.n_posts, network.n_posts + network.n_people
    root = first_group + len(network.cap)
    in_plan = chosen_mask(network, chosen)[tight]
    post, person = network.post[tight], first_person + network.person[tight]
    filled = np.bincount(network.post[chosen], minlength=network.n_posts)
    has_room = np.flatnonzero(filled < network.slots)
    may_empty = np.flatnonzero((filled > 0) & (prices.post == 0))
    is_taken = np.zeros(network.n_people, dtype=bool)
    is_taken[network.person[chosen]] = True
    people = np.unique(network.person[tight])
    people = people[~is_taken[people] | (prices.person[people] == 0)]
    home = np.where(network.group[people] == NO_GROUP, root, first_group + network.group[people])
    released = network.group[network.person[chosen]]
    n_released = np.bincount(released[released != NO_GROUP], minlength=len(network.cap))
    may_release = np.flatnonzero(n_released < network.cap)
    may_keep = np.flatnonzero((n_released > 0) & (prices.group == 0))
    stays = is_taken[people]
    tails = (
        np.where(in_plan, person, post),
        np.full(len(has_room), root),
        may_empty,
        np.where(stays, home, first_person + people),
        first_group + may_release,
        np.full(len(may_keep), root),
    )
    heads = (
        np.where(in_plan, post, person),
        has_room,
        np.full(len(may_empty), root),
        np.where(stays, first_person + people, home),
        np.full(len(may_release), root),
        first_group + may_keep,
    )
    return np.concatenate(tails), np.concatenate(heads)
