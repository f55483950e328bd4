"""FloatArray as whole numbers, so that every solver returns the same optimum and sums are exact."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment.errors import ScoreRangeError

USUAL, FINE = 6, 9
# In the order in which they are tried.
DIGITS = (USUAL, FINE, 3, 0)
MOST_SCALED = 2**52
# Where all scores are below this, nine digits would leave little of them.
TINY = 1e-3
KEPT, MOST_DIGITS = 11, 300


@dataclass(frozen=True)
class Scale:
    """Decimal digits kept, and whether every score is a multiple of 10 ** -digits."""

    digits: int
    is_exact: bool

    @property
    def unit(self) -> int:
        """Integer steps per point of score."""
        return int(10**self.digits)

    def integers(self, score: FloatArray) -> IntArray:
        """FloatArray in steps, rounded to the nearest; shape kept."""
        return np.rint(score * self.unit).astype(np.int64)

    def total(self, score: FloatArray) -> float:
        """Sum of scores, exact for exact scales and correctly rounded otherwise."""
        if self.is_exact:
            return float(sum(self.integers(score).tolist()) / self.unit)
        return math.fsum(score.tolist())

    def rounding(self, n_pairs: int) -> float:
        """Most score that rounding can hide from a plan of `n_pairs` pairs."""
        return 0.0 if self.is_exact else n_pairs / self.unit


def scale_of(score: FloatArray) -> Scale:
    """Scale for one array of scores; see `scale_of_chunks`."""
    return scale_of_chunks([score])


def scale_of_chunks(chunks: Iterable[FloatArray]) -> Scale:
    """Six digits when they hold every score exactly, else nine; for large scores three or none when those do.

    FloatArray that no number of digits holds exactly are rounded at nine digits (six where nine are too many); very small
    ones at as many as keep eleven digits of the largest.

    Raises
    ------
    ScoreRangeError
        When a score of this size cannot be distinguished from its neighbour 10 ** -6 away, and not all are coarser.
    """
    largest, is_exact = 0.0, dict.fromkeys(DIGITS, True)
    for score in chunks:
        if len(score):
            largest = max(largest, float(np.abs(score).max()))
            for digits in DIGITS:
                is_exact[digits] = is_exact[digits] and _fits(largest, digits) and _is_exact(score, digits)
    exact = next((digits for digits in DIGITS if is_exact[digits]), None)
    if exact is not None:
        return Scale(exact, is_exact=True)
    if not _fits(largest, USUAL):
        raise ScoreRangeError(
            f"a score of {largest:g} is too large for a resolution of 10^-{USUAL}; divide the scores by a constant"
        )
    if largest < TINY:
        return Scale(min(MOST_DIGITS, KEPT - math.ceil(math.log10(largest))), is_exact=False)
    return Scale(FINE if _fits(largest, FINE) else USUAL, is_exact=False)


def _fits(largest: float, digits: int) -> bool:
    return largest * 10.0**digits <= MOST_SCALED


def _is_exact(score: FloatArray, digits: int) -> bool:
    unit = 10.0**digits
    return bool(np.all(np.rint(score * unit) / unit == score))
