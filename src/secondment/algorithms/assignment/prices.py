"""Prices (duals) that prove a set of pairs optimal."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment.errors import NotOptimalError
from secondment.algorithms.assignment.network import Network
from secondment.algorithms.assignment.problem import NO_GROUP


@dataclass(frozen=True, eq=False)
class Prices:
    """What one more place is worth, in steps; worth of arc (j, i) ≤ post[i] + person[j] + group of j.

    `person` is the price above that of the person's group; `taking` is both together.
    Among all proofs these are the lowest prices of people and groups.
    """

    post: IntArray
    person: IntArray
    group: IntArray
    taking: IntArray

    def bound(self, network: Network) -> int:
        """No plan is worth more than this (weak duality)."""
        return int((self.post * network.slots).sum() + self.person.sum() + (self.group * network.cap).sum())


def prices_of(network: Network, chosen: IntArray) -> Prices:
    """Lowest prices of people and groups under which `chosen` (arc rows) is optimal.

    Label-correcting over alternating paths, one vectorised sweep per hop, only over posts whose price
    fell in the sweep before. Complexity O(hops × arcs touched); few hops in practice.

    Raises
    ------
    NotOptimalError
        When `chosen` is not optimal: prices then contradict each other.
    """
    return _Sweep(network, chosen).run()


class _Sweep:
    """Prices on their way up."""

    def __init__(self, network: Network, chosen: IntArray) -> None:
        self.network, self.chosen = network, chosen
        self.worth, self.start = network.worth, network.start
        self.chosen_post, self.chosen_person = network.post[chosen], network.person[chosen]
        self.chosen_worth = self.worth[chosen]
        count = np.bincount(self.chosen_post, minlength=network.n_posts)
        self.is_full_post = count >= network.slots
        self.is_taken = np.zeros(network.n_people, dtype=bool)
        self.is_taken[self.chosen_person] = True
        released = network.group[self.chosen_person]
        n_released = np.bincount(released[released != NO_GROUP], minlength=len(network.cap))
        self.is_full_group = np.append(n_released >= network.cap, False)
        self.in_full_group = self.is_full_group[network.group]
        self.taking = np.zeros(network.n_people, dtype=np.int64)
        self.group = np.zeros(len(network.cap), dtype=np.int64)
        self.post = np.zeros(network.n_posts, dtype=np.int64)
        top = int(self.worth.max()) if len(self.worth) else 0
        self.post[self.is_full_post] = top

    def run(self) -> Prices:
        """Sweep until no pair is worth more than its prices."""
        self._lower_posts()
        frontier = np.flatnonzero(np.diff(self.start))
        for _ in range(self.network.n_posts + len(self.network.cap) + 2):
            if not len(frontier):
                group_price = np.append(self.group, 0)[self.network.group]
                return Prices(self.post, self.taking - group_price, self.group, self.taking)
            self._raise_people(frontier)
            self._raise_groups()
            frontier = self._lower_posts()
        raise NotOptimalError("the pairs are not optimal: exchanging some of them gains without end")

    def _lower_posts(self) -> IntArray:
        """Let each filled post keep what its people leave it; returns the posts whose price fell."""
        before = self.post.copy()
        np.minimum.at(self.post, self.chosen_post, self.chosen_worth - self.taking[self.chosen_person])
        if np.any(self.post < 0) or np.any((self.post < before) & ~self.is_full_post):
            raise NotOptimalError("the pairs are not optimal: a post is worth more to others than to itself")
        self.taking[self.chosen_person] = self.chosen_worth - self.post[self.chosen_post]
        return np.flatnonzero(self.post < before)

    def _raise_people(self, frontier: IntArray) -> None:
        rows = _ranges(self.start[frontier], self.start[frontier + 1])
        need = self.worth[rows] - self.post[self.network.post[rows]]
        person = self.network.person[rows]
        high = need > self.taking[person]
        np.maximum.at(self.taking, person[high], need[high])
        if np.any(self.taking[~self.is_taken & ~self.in_full_group] > 0):
            raise NotOptimalError("the pairs are not optimal: a free person would gain a place")

    def _raise_groups(self) -> None:
        idle = np.flatnonzero(~self.is_taken & self.in_full_group)
        np.maximum.at(self.group, self.network.group[idle], self.taking[idle])
        members = np.flatnonzero(self.in_full_group)
        self.taking[members] = np.maximum(self.taking[members], self.group[self.network.group[members]])


def _ranges(low: IntArray, high: IntArray) -> IntArray:
    """All indices of the half-open ranges, one after another."""
    length = high - low
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(low - (ends - length), length) + np.arange(total)
