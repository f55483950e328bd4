"""The bridge to the algorithm of pairwise comparison; it loads numpy, so it is imported by whoever calls it, not at start."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from secondment.algorithms.rating.weights import (
    Contradiction,
    pairwise_weights,
    whole_percent,
    worst_contradiction,
)


@dataclass(frozen=True)
class Judged:
    """What follows from the judgements of one comparison."""

    shares: list[float]
    ratio: float
    is_consistent: bool
    worst: Contradiction | None


def judged(size: int, values: tuple[int, ...]) -> Judged:
    """From the values of all pairs in the order of `combinations`: 3 means three times the second, -3 the reverse."""
    matrix = np.ones((size, size))
    for (first, second), value in zip(combinations(range(size), 2), values, strict=True):
        matrix[first, second] = value if value > 0 else -1 / value
        matrix[second, first] = 1 / matrix[first, second]
    found = pairwise_weights(matrix)
    shares = [float(one) for one in found.weights]
    return Judged(shares, found.consistency_ratio, found.is_consistent, worst_contradiction(matrix))


def percent(shares: list[float]) -> list[int]:
    """Whole percent that sum to 100."""
    return whole_percent(np.array(shares))
