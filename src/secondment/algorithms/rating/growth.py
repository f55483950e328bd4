"""Change between two anchored occasions, allowing for regression to the mean."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.rating.ratings import RatingError


@dataclass(frozen=True)
class Occasion:
    """Measures and standard errors of the same people on one scale held by common anchors."""

    measure: FloatArray
    se: FloatArray


@dataclass(frozen=True)
class Growth:
    """Per person: plain change, its error, the change beyond what chance alone would bring back, and whether the
    data can distinguish it from 0; and the group's mean change with its error.

    Someone far above the mean at first is expected to fall back without any real change; `beyond_regression`
    has that expectation, and the mean change of the group, taken out.
    """

    change: FloatArray
    se: FloatArray
    beyond_regression: FloatArray
    beyond_se: FloatArray
    is_distinguishable: BoolArray
    smallest_distinguishable: FloatArray
    mean_change: float
    mean_change_se: float
    reliability_before: float


def measure_growth(
    before: Occasion, after: Occasion, *, level: float = 0.95, are_shrunk: bool = False
) -> Growth:
    """Compare two occasions; `are_shrunk` means that the measures are already posterior means.

    Under no individual growth E[after | before] = mean(after) + ρ (before − mean(before)) with
    ρ = 1 − mean(SE²)/variance(before): the classical regression of true scores (Lord & Novick 1968, §3.7).
    """
    if len({len(part) for part in (before.measure, before.se, after.measure, after.se)}) != 1:
        raise RatingError("both occasions must contain the same people in the same order")
    if len(before.measure) < 3:
        raise RatingError("growth needs at least three people: fewer have no mean to return to")
    change = after.measure - before.measure
    se = np.sqrt(before.se**2 + after.se**2)
    share = 1.0 if are_shrunk else _reliability(before)
    expected = after.measure.mean() + share * (before.measure - before.measure.mean())
    smallest = float(ndtri(0.5 + level / 2)) * se
    return Growth(
        change,
        se,
        after.measure - expected,
        np.sqrt(after.se**2 + share**2 * before.se**2),
        np.abs(change) > smallest,
        smallest,
        float(change.mean()),
        float(np.sqrt(np.var(change, ddof=1) / len(change))),
        share,
    )


def _reliability(occasion: Occasion) -> float:
    observed = float(np.var(occasion.measure, ddof=1))
    return max(0.0, 1 - float(np.mean(occasion.se**2)) / observed) if observed else 0.0
