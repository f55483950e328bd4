"""Scores as whole numbers, so that every solver returns the same optimum and sums are exact."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondment.algorithms.assignment.errors import ScoreRangeError
from secondment.algorithms.assignment.problem import Indices, Scores

DIGITS = (6, 9)
MOST_SCALED = 2**52


@dataclass(frozen=True)
class Scale:
    """Decimal digits kept, and whether every score is a multiple of 10 ** -digits."""

    digits: int
    is_exact: bool

    @property
    def unit(self) -> int:
        """Whole-number steps per point of score."""
        return int(10**self.digits)

    def integers(self, score: Scores) -> Indices:
        """Scores in steps, rounded to the nearest; shape kept."""
        return np.rint(score * self.unit).astype(np.int64)

    def total(self, score: Scores) -> float:
        """Sum of scores, exact for exact scales and correctly rounded otherwise."""
        if self.is_exact:
            return float(sum(self.integers(score).tolist()) / self.unit)
        return math.fsum(score.tolist())

    def rounding(self, n_pairs: int) -> float:
        """Most score that rounding can hide from a plan of `n_pairs` pairs."""
        return 0.0 if self.is_exact else n_pairs / self.unit


def scale_of(score: npt.NDArray[np.float64]) -> Scale:
    """Scale for one array of scores; see `scale_of_chunks`."""
    return scale_of_chunks([score])


def scale_of_chunks(chunks: Iterable[Scores]) -> Scale:
    """Six digits when they hold every score exactly, else nine when the size of the scores allows.

    Raises
    ------
    ScoreRangeError
        When a score of this size cannot be told from its neighbour 10 ** -6 away.
    """
    largest, is_exact = 0.0, dict.fromkeys(DIGITS, True)
    for score in chunks:
        if len(score):
            largest = max(largest, float(np.abs(score).max()))
            for digits in DIGITS:
                is_exact[digits] = is_exact[digits] and _is_exact(score, digits)
    coarse, fine = DIGITS
    if largest * 10**coarse > MOST_SCALED:
        raise ScoreRangeError(
            f"a score of {largest:g} is too large for a resolution of 10^-{coarse}; divide the scores by a constant"
        )
    if is_exact[coarse] or largest * 10**fine > MOST_SCALED:
        return Scale(coarse, is_exact[coarse])
    return Scale(fine, is_exact[fine])


def _is_exact(score: Scores, digits: int) -> bool:
    unit = 10.0**digits
    return bool(np.all(np.rint(score * unit) / unit == score))
