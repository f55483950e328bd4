"""Values held from an earlier occasion, and where the origin of each scale lies."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.design import CRITERION, RATEE, RATER
from secondment.algorithms.rating.ratings import RatingError, Ratings
from secondment.algorithms.rating.scale import Scale

Facets = tuple[FloatArray, FloatArray, FloatArray]
Flags = tuple[BoolArray, BoolArray, BoolArray]


@dataclass(frozen=True)
class Anchors:
    """Held measures per facet (nan = estimated) and, for one shared scale, held thresholds (or none)."""

    facets: Facets
    thresholds: FloatArray | None = None

    @classmethod
    def none(cls, ratings: Ratings) -> "Anchors":
        """Nothing is held."""
        a, b, c = (np.full(size, np.nan) for size in (ratings.n_ratees, ratings.n_raters, ratings.n_criteria))
        return cls((a, b, c))

    @property
    def held(self) -> Flags:
        """Which elements are held, per facet."""
        a, b, c = (~np.isnan(values) for values in self.facets)
        return a, b, c

    def kappa(self, scale: Scale) -> FloatArray:
        """Cumulated thresholds to start from: the held ones, or level steps."""
        if self.thresholds is None:
            return scale.flat()
        if scale.n_groups > 1:
            raise RatingError("thresholds can be anchored on the rating scale only")
        if len(self.thresholds) != scale.n_steps[0]:
            raise RatingError(
                f"{len(self.thresholds)} thresholds are anchored but the marks in use "
                f"({int(scale.n_steps[0]) + 1} different ones) need {int(scale.n_steps[0])}"
            )
        return np.concatenate([[0.0], np.cumsum(self.thresholds)])[None, :]


def centred(facets: Facets, held: Flags, component: tuple[IndexArray, IndexArray]) -> Facets:
    """The same predictions with raters centred at 0 per connected part and criteria at 0, unless held."""
    a, b, c = (values.copy() for values in facets)
    if not held[CRITERION].any():
        _centre_criteria(a, b, c, held)
    for part in range(int(component[RATEE].max()) + 1):
        ratees, raters = component[RATEE] == part, component[RATER] == part
        if raters.any() and not (held[RATEE][ratees].any() or held[RATER][raters].any()):
            shift = b[raters].mean()
            b[raters] -= shift
            a[ratees] -= shift
    return a, b, c


def _centre_criteria(a: FloatArray, b: FloatArray, c: FloatArray, held: Flags) -> None:
    shift = c.mean()
    if not held[RATEE].any():
        c -= shift
        a -= shift
    elif not held[RATER].any():
        c -= shift
        b += shift
