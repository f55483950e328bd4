"""Weights from pairwise judgements (AHP) with their consistency."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.ratings import RatingError

# Mean consistency index of random matrices, n = 1…10 (Saaty 1980).
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
MOST_INCONSISTENT = 0.10
NOISE = 1e-9


@dataclass(frozen=True)
class PairwiseWeights:
    """Weights summing to 1 and the consistency ratio, which must stay under 0.10."""

    weights: FloatArray
    consistency_ratio: float

    @property
    def is_consistent(self) -> bool:
        """Whether the judgements hang together well enough to be used."""
        return self.consistency_ratio < MOST_INCONSISTENT


def pairwise_weights(judgements: FloatArray) -> PairwiseWeights:
    """Geometric-mean weights of one reciprocal matrix (n × n, entry = importance of row over column)."""
    size = len(judgements)
    if judgements.shape != (size, size) or not 2 <= size <= len(RANDOM_INDEX):
        raise RatingError(f"judgements must form a square of 2 to {len(RANDOM_INDEX)} criteria")
    if (judgements <= 0).any() or not np.allclose(judgements * judgements.T, 1):
        raise RatingError("each judgement must be positive and the reciprocal of its mirror image")
    roots = np.exp(np.log(judgements).mean(axis=1))
    weights = roots / roots.sum()
    largest = float(np.mean(judgements @ weights / weights))
    index = (largest - size) / (size - 1)
    expected = RANDOM_INDEX[size - 1]
    return PairwiseWeights(weights, index / expected if expected else 0.0)


@dataclass(frozen=True)
class Contradiction:
    """The judgement (`first` over `second`) that fits the others least, and the value that would fit them.

    The triangle with `through` shows it best: the two judgements with it imply something quite different.
    """

    first: int
    second: int
    through: int
    said: float
    consistent: float


def worst_contradiction(judgements: FloatArray) -> Contradiction | None:
    """The pair that is farthest, as a ratio, from what all detours over a third imply together; None if nothing is off.

    With `consistent` in its place the pair agrees with the weights that then follow. Of equals the first pair.
    """
    logs = np.log(judgements)
    size = len(logs)
    worst, worst_gap = None, NOISE
    for first in range(size):
        for second in range(first + 1, size):
            others = [one for one in range(size) if one not in {first, second}]
            if not others:
                continue
            detours = logs[first, others] + logs[others, second]
            gap = float(abs(logs[first, second] - detours.mean()))
            if gap > worst_gap + NOISE:
                farthest = others[int(np.argmax(abs(logs[first, second] - detours).round(9)))]
                said, fitting = float(judgements[first, second]), float(np.exp(detours.mean()))
                worst, worst_gap = Contradiction(first, second, farthest, said, fitting), gap
    return worst


def group_judgements(judgements: list[FloatArray]) -> FloatArray:
    """One matrix for a group: the geometric mean of its members' matrices."""
    return np.asarray(np.exp(np.mean([np.log(own) for own in judgements], axis=0)))


def whole_percent(weights: FloatArray) -> list[int]:
    """Weights as integer percent that sum to 100, by largest remainder."""
    exact = 100 * weights / weights.sum()
    floor = np.floor(exact).astype(int)
    order = np.argsort(-(exact - floor), kind="stable")
    floor[order[: 100 - int(floor.sum())]] += 1
    return [int(share) for share in floor]
