"""Verifiable draw (随机抽查): inclusion probabilities first, then dependent rounding to a sample.

Integers only where chance acts, and the standard library only, so that anyone can repeat a draw.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from secondment.algorithms.inclusion_caps import SCALE

Decide = Callable[[int, int], bool]


class Chance:
    """Integers without bias from a published stream: SHA-256 over a text and a counter."""

    def __init__(self, text: str) -> None:
        self._words = _words(text)

    def below(self, bound: int) -> int:
        """A number from 0 to `bound` − 1, each equally likely (rejection, no modulo bias)."""
        limit = 2**64 - 2**64 % bound
        while True:
            word = next(self._words)
            if word < limit:
                return word % bound

    def decide(self, numerator: int, denominator: int) -> bool:
        """True with probability exactly `numerator / denominator`."""
        return self.below(denominator) < numerator

    def order(self, size: int) -> list[int]:
        """A uniformly random order of 0 … size − 1 (Fisher–Yates)."""
        order = list(range(size))
        for last in range(size - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


def draw_sample(
    inclusion: Sequence[int], strata: Sequence[int], units: Sequence[int], seed_text: str
) -> tuple[int, ...]:
    """Draw a sample whose first-order inclusion probabilities are exactly `inclusion / SCALE`.

    Parameters
    ----------
    inclusion
        Shape (n,), whole numbers 0 … `SCALE`; they add up to a multiple of `SCALE` in each stratum.
    strata, units
        Shape (n,), the stratum and the unit of each person; -1 as a unit means none.
    seed_text
        Everything the draw depends on, as published.

    Returns
    -------
    The indices drawn, ascending. Each stratum gets exactly its sum; each unit gets its expected
    number rounded down or up, so an integer cap on the expected number is a cap on the sample.

    Notes
    -----
    Dependent rounding on the bipartite graph of strata and units (Gandhi, Khuller, Parthasarathy and
    Srinivasan, Journal of the ACM 53, 2006); without units it is the pivotal method (Deville and
    Tillé, Biometrika 85, 1998). O(n · s) steps with s strata, O(n) memory.
    """
    chance = Chance(seed_text)
    order = chance.order(len(inclusion))
    return round_dependently(inclusion, strata, units, order, chance.decide)


def round_dependently(
    inclusion: Sequence[int],
    strata: Sequence[int],
    units: Sequence[int],
    order: Sequence[int],
    decide: Decide,
) -> tuple[int, ...]:
    """Round to 0 or `SCALE` along cycles and paths; `decide` is the only source of chance."""
    shares = list(inclusion)
    graph = _Graph(shares, strata, units, order)
    for person in reversed(order):
        while graph.is_open(person):
            _shift(shares, graph.alternating(person), decide)
    return tuple(person for person, share in enumerate(shares) if share == SCALE)


def _shift(shares: list[int], edges: list[int], decide: Decide) -> None:
    """Move share between the odd and the even edges until one of them is an integer; means stay unchanged."""
    even, odd = edges[0::2], edges[1::2]
    up = min(*(SCALE - shares[edge] for edge in even), *(shares[edge] for edge in odd), SCALE)
    down = min(*(shares[edge] for edge in even), *(SCALE - shares[edge] for edge in odd), SCALE)
    change = up if decide(down, up + down) else -down
    for edge in even:
        shares[edge] += change
    for edge in odd:
        shares[edge] -= change


def _words(text: str) -> Iterator[int]:
    """The endless stream of 64-bit words, four from each SHA-256 of `text|counter`."""
    counter = 0
    while True:
        digest = hashlib.sha256(f"{text}|{counter}".encode()).digest()
        counter += 1
        for start in range(0, 32, 8):
            yield int.from_bytes(digest[start : start + 8], "big")


class _Graph:
    """People still open are edges between the node of their stratum and the node of their unit."""

    def __init__(
        self, shares: list[int], strata: Sequence[int], units: Sequence[int], order: Sequence[int]
    ) -> None:
        self._shares = shares
        # A person without a unit gets a unit of one: unique numbers below zero.
        ends = [unit if unit >= 0 else -1 - person for person, unit in enumerate(units)]
        self._ends = [
            (("stratum", stratum), ("unit", unit)) for stratum, unit in zip(strata, ends, strict=True)
        ]
        self._open: dict[tuple[str, int], list[int]] = {}
        for person in order:
            for node in self._ends[person]:
                self._open.setdefault(node, []).append(person)

    def is_open(self, person: int) -> bool:
        return 0 < self._shares[person] < SCALE

    def alternating(self, person: int) -> list[int]:
        """Edges of a cycle, or of a path between two nodes that have one open edge each."""
        walk, end = self._walk(self._ends[person][1])
        return walk if end is None else self._walk(end)[0]

    def _walk(self, start: tuple[str, int]) -> tuple[list[int], tuple[str, int] | None]:
        """Walk along open edges until a node comes again (its cycle, None) or the way ends (path, last node)."""
        seen = {start: 0}
        walk: list[int] = []
        node = start
        while (edge := self._next(node, walk[-1] if walk else None)) is not None:
            walk.append(edge)
            left, right = self._ends[edge]
            node = right if node == left else left
            if node in seen:
                return walk[seen[node] :], None
            seen[node] = len(walk)
        return walk, node

    def _next(self, node: tuple[str, int], came: int | None) -> int | None:
        edge = self._top(node)
        if edge is None or edge != came:
            return edge
        stack = self._open[node]
        stack.pop()
        other = self._top(node)
        stack.append(edge)
        return other

    def _top(self, node: tuple[str, int]) -> int | None:
        stack = self._open[node]
        while stack and not self.is_open(stack[-1]):
            stack.pop()
        return stack[-1] if stack else None
