"""A funnel: means of units by the number of raters, with limits that widen where there are few.

Spiegelhalter (2005, Statistics in Medicine 24, “Funnel plots for comparing institutional performance”; 2005, Quality and
Safety in Health Care 14, “Handling over-dispersion of performance indicators”): units differ for more reasons than chance, so
the variance between them is estimated from winsorised deviations and added to the variance of each mean. Winsorising draws the
mean square of normal deviations down to `KEPT`; it is divided by that, or one honest unit in eight would lie outside 95 % limits.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.ratings import RatingError

WINSORISED = 0.1
# Mean square of a standard normal variable that is winsorised at its tenths.
KEPT = 0.6786545589528744
INNER, OUTER = 0.95, 0.998


@dataclass(frozen=True)
class Funnel:
    """`target` is the mean of all raters, `noise` the SD of one rater around the unit's mean, `between` the SD of units
    beyond chance; `z` says how many SDs, of both together, each unit lies from the target."""

    target: float
    noise: float
    between: float
    z: FloatArray

    def limit(self, n: FloatArray | IndexArray, coverage: float) -> FloatArray:
        """How far from the target a mean of `n` raters lies in so many of such units."""
        half = float(ndtri(0.5 + coverage / 2))
        return np.asarray(half * np.sqrt(self.noise**2 / np.asarray(n) + self.between**2))


def funnel_of(mean: FloatArray, n: IndexArray, noise: float) -> Funnel:
    """The funnel of unit means of `n` raters each, whose marks have the SD `noise` within a unit.

    Raises `RatingError` with fewer than three units or without any noise.
    """
    if len(mean) < 3:
        raise RatingError(f"a funnel needs at least 3 units, there are {len(mean)}")
    if not noise > 0 or (n < 1).any():
        raise RatingError("a funnel needs raters, and marks that differ within units")
    weight = n / noise**2
    target = float((weight * mean).sum() / weight.sum())
    z = (mean - target) * np.sqrt(weight)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    phi = float(np.mean(np.clip(z, low, high) ** 2)) / KEPT
    units = len(mean)
    spread = weight.sum() - (weight**2).sum() / weight.sum()
    between = np.sqrt(max(0.0, (units * phi - (units - 1)) / spread))
    return Funnel(target, noise, float(between), (mean - target) / np.sqrt(1 / weight + between**2))
