"""Every exchange that a plan allows, as a graph whose shortest paths are exact losses."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment.errors import ScoreRangeError
from secondment.algorithms.assignment.network import Network, chosen_mask
from secondment.algorithms.assignment.prices import Prices
from secondment.algorithms.assignment.problem import NO_GROUP

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST_EXACT = 2**52


@dataclass(frozen=True, eq=False)
class Reach:
    """Losses from one node (or to it) and the neighbour each node is reached by; shape (n_nodes,)."""

    loss: FloatArray
    via: npt.NDArray[np.int32]

    def steps_to(self, end: int, start: int) -> list[tuple[int, int]]:
        """Edges of the path from `start`, where the search began, to `end`."""
        steps = []
        while end != start:
            before = int(self.via[end])
            steps.append((before, end))
            end = before
        return steps[::-1]

    def steps_on(self, start: int, end: int) -> list[tuple[int, int]]:
        """Edges of the path from `start`, where the search began, to `end`."""
        return self.steps_to(end, start)

    def steps_back(self, start: int, end: int) -> list[tuple[int, int]]:
        """Edges of the path to `end`, towards which the search was made, from `start` on."""
        return [(head, tail) for tail, head in reversed(self.steps_to(start, end))]


class Residual:
    """Residual graph of an optimal plan under its prices; all edges cost at least 0.

    Nodes: posts, people, groups, then one root that represents "stays empty" and "stays at home".
    An edge post → person adds a pair, person → post takes one away; the others release or fill caps.
    Path lengths telescope: true loss = reduced length - potential at the start + potential at the end. Where the numbers
    leave room, lengths are multiplied by `unit` and each edge is one longer: of equally good exchanges the one that
    moves fewest people is found.
    """

    def __init__(self, network: Network, chosen: IntArray, prices: Prices) -> None:
        self.network, self.chosen, self.prices = network, chosen, prices
        self.first_person = network.n_posts
        self.first_group = network.n_posts + network.n_people
        self.root = self.first_group + len(network.cap)
        self.unit, self.hop = self._unit()
        self.potential = np.concatenate([prices.post, -prices.taking, -prices.group, [0]])
        self.graph = self._graph()
        self.reversed_graph = self.graph.T.tocsr()

    def paths_from(self, node: int) -> Reach:
        """Reduced losses of the cheapest exchanges that start at `node`."""
        return _paths(self.graph, node)

    def path_between(self, start: int, end: int) -> list[tuple[int, int]] | None:
        """Edges of one cheapest exchange from `start` to `end`; None when there is none.

        The cheapest way over the root is known beforehand; only paths that avoid the root and are no longer are
        searched for, so that the search stays near `start`. Of equals the one that avoids the root counts: the way
        over it is made of two paths, which share no node only where every other path is longer.
        """
        over_root = self._to_root.loss[start] + self._from_root.loss[end]
        inside = _paths(self._inner, start, over_root)
        if np.isfinite(inside.loss[end]):
            return inside.steps_to(end, start)
        if np.isinf(over_root):
            return None
        return self._to_root.steps_back(start, self.root) + self._from_root.steps_to(end, self.root)

    def paths_to(self, node: int) -> Reach:
        """Reduced losses of the cheapest exchanges that end at `node`."""
        return _paths(self.reversed_graph, node)

    @cached_property
    def _inner(self) -> "csr_array":
        """The graph without its root."""
        return self.graph[: self.root, : self.root]

    @cached_property
    def _from_root(self) -> Reach:
        return self.paths_from(self.root)

    @cached_property
    def _to_root(self) -> Reach:
        return self.paths_to(self.root)

    def reached_without_root(self, node: int) -> IntArray:
        """Nodes that exchanges can reach from `node` while every filled place stays filled."""
        from scipy.sparse.csgraph import breadth_first_order

        return np.asarray(
            np.sort(breadth_first_order(self._inner, node, return_predecessors=False)), dtype=np.int64
        )

    def length(self, rows: IntArray) -> IntArray:
        """Length of the edges that add these pairs; shape of `rows`."""
        return np.asarray(self.slack(rows) * self.unit + self.hop)

    def slack(self, rows: IntArray) -> IntArray:
        """How far each arc is from paying under the prices; shape of `rows`."""
        network = self.network
        paid = self.prices.post[network.post[rows]] + self.prices.taking[network.person[rows]]
        return np.asarray(paid - network.worth[rows])

    def _graph(self) -> "csr_array":
        from scipy.sparse import csr_array

        edges = [self._pairs(), self._fillings(), self._releases(), self._caps()]
        tail, head = (np.concatenate([edge[side] for edge in edges]) for side in (0, 1))
        length = np.concatenate([edge[2] for edge in edges])
        size = self.root + 1
        scaled = length.astype(np.float64) * self.unit + self.hop
        return csr_array((scaled, (tail, head)), shape=(size, size))

    def _unit(self) -> tuple[int, int]:
        """Factor of all lengths and what each edge adds; the longest path stays shorter than one unit."""
        unit = self.root + 2
        highest = self.network.fill * int(self.network.weight.max(initial=1))
        return (unit, 1) if highest * unit * 3 <= MOST_EXACT else (1, 0)

    def _pairs(self) -> tuple[IntArray, IntArray, IntArray]:
        network = self.network
        is_chosen = chosen_mask(network, self.chosen)
        post, person = network.post, self.first_person + network.person
        slack = np.where(is_chosen, 0, self.slack(np.arange(len(post))))
        return np.where(is_chosen, person, post), np.where(is_chosen, post, person), slack

    def _fillings(self) -> tuple[IntArray, IntArray, IntArray]:
        """Root → post while places are left, post → root while one is filled."""
        filled = np.bincount(self.network.post[self.chosen], minlength=self.network.n_posts)
        left, used = np.flatnonzero(filled < self.network.slots), np.flatnonzero(filled)
        return self._with_root(left, used, self.prices.post)

    def _releases(self) -> tuple[IntArray, IntArray, IntArray]:
        """Person → group (or root) while free, back while taken."""
        network = self.network
        is_taken = np.zeros(network.n_people, dtype=bool)
        is_taken[network.person[self.chosen]] = True
        person = self.first_person + np.arange(network.n_people)
        home = np.where(network.group == NO_GROUP, self.root, self.first_group + network.group)
        length = np.where(is_taken, self.prices.person, 0)
        return np.where(is_taken, home, person), np.where(is_taken, person, home), length

    def _caps(self) -> tuple[IntArray, IntArray, IntArray]:
        """Group → root while the cap has room, back while it releases someone."""
        group = self.network.group[self.network.person[self.chosen]]
        released = np.bincount(group[group != NO_GROUP], minlength=len(self.network.cap))
        room, used = np.flatnonzero(released < self.network.cap), np.flatnonzero(released)
        return self._with_root(used, room, self.prices.group, first=self.first_group)

    def _with_root(
        self, from_root: IntArray, to_root: IntArray, price: IntArray, *, first: int = 0
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Edges root → node and node → root; the one that undoes a filled place costs its price."""
        tail = np.concatenate([np.full(len(from_root), self.root), first + to_root])
        head = np.concatenate([first + from_root, np.full(len(to_root), self.root)])
        return tail, head, np.concatenate([price[from_root], price[to_root]])


def steepen(network: Network) -> Network:
    """The same network with weights 3 ** k, so that losses compare as places by priority, then score.

    A single change fills and empties at most one place each, so base 3 keeps the order of priorities.

    Raises
    ------
    ScoreRangeError
        When losses would not fit a float exactly.
    """
    if network.fill * 3**network.n_levels > MOST_EXACT:
        raise ScoreRangeError(
            f"scores spread too widely to explain {network.n_posts} posts of {network.n_levels} priorities; "
            "divide the scores by a constant or use fewer priorities"
        )
    return replace(network, weight=3 ** np.arange(network.n_levels - 1, -1, -1, dtype=np.int64))


def _paths(graph: "csr_array", node: int, radius: float = np.inf) -> Reach:
    from scipy.sparse.csgraph import dijkstra

    loss, via = dijkstra(graph, indices=np.array([node]), return_predecessors=True, limit=radius)
    return Reach(loss[0], via[0])
