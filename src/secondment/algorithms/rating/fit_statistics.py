"""Fair marks, separation and agreement, in the definitions Facets made familiar."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.design import (
    Design,
    Parameters,
    category_probabilities,
    linear_predictor,
)
from secondment.algorithms.rating.scale import Scale

Facets = tuple[FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True)
class Separation:
    """How well a facet's elements are separated (Wright & Masters 1982, ch. 5).

    `separation` = true SD / RMSE, `strata` = (4·separation + 1)/3, `reliability` = true variance / observed
    variance; `chi_square` with `df` tests that all elements are equal.
    """

    separation: float
    strata: float
    reliability: float
    chi_square: float
    df: int

    @property
    def p_value(self) -> float:
        """Probability of so large a chi-square were all elements equal; 1 when there is only one element."""
        return float(chdtrc(self.df, self.chi_square)) if self.df else 1.0


def expected_mark(eta: FloatArray, scale: Scale, kappa: FloatArray, group: int) -> FloatArray:
    """The mark to expect at each predictor value, in the marks' own units."""
    p, _ = category_probabilities(np.atleast_1d(eta), kappa[group : group + 1])
    return np.asarray(p @ np.nan_to_num(scale.marks[group]))


def fair_marks(merit: FloatArray, difficulty: FloatArray, scale: Scale, kappa: FloatArray) -> FloatArray:
    """The mark to expect for each net merit from an average rater on an average criterion.

    On a shared scale the average criterion has the mean difficulty (Facets' Fair-M); when each criterion has
    its own scale, the expected marks are averaged over the criteria.
    """
    if scale.n_groups == 1:
        return expected_mark(merit - difficulty.mean(), scale, kappa, 0)
    each = [
        expected_mark(merit - own, scale, kappa, group)
        for own, group in zip(difficulty, scale.group, strict=True)
    ]
    return np.asarray(np.mean(each, axis=0))


def separation(measure: FloatArray, se: FloatArray) -> Separation:
    """Separation of a facet from its measures and standard errors, the observed SD taken over a population.

    A facet without any error (one criterion at the origin, values held) is separated wholly or not at all.
    """
    error = float(np.mean(se**2))
    if not error:
        n_others = len(measure) - 1
        is_spread = bool(np.ptp(measure))
        return (
            Separation(np.inf, np.inf, 1.0, np.nan, n_others)
            if is_spread
            else Separation(0.0, 1 / 3, 0.0, 0.0, n_others)
        )
    true = max(float(np.var(measure)) - error, 0.0)
    ratio = float(np.sqrt(true / error))
    if not se.all():
        # A value held or fixed by the origin would weigh without limit: there is no chi-square.
        return Separation(ratio, (4 * ratio + 1) / 3, true / (true + error), np.nan, len(measure) - 1)
    weight = 1 / se**2
    chi_square = float(weight @ measure**2 - (weight @ measure) ** 2 / weight.sum())
    return Separation(ratio, (4 * ratio + 1) / 3, true / (true + error), chi_square, len(measure) - 1)


def agreement(design: Design, parameters: Parameters) -> tuple[int, int, float]:
    """Pairs of marks by two raters on one ratee and criterion: how many agree, of how many, and how many
    the model expects to agree."""
    keys = design.columns[0] * design.sizes[2] + design.columns[2]
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    eta = linear_predictor(design, parameters)
    p, _ = category_probabilities(eta, parameters.kappa[design.group])
    exact, pairs, expected = 0, 0, 0.0
    for mine in np.split(order, starts[1:]):
        first, second = np.triu_indices(len(mine), k=1)
        exact += int(np.sum(design.category[mine[first]] == design.category[mine[second]]))
        pairs += len(first)
        expected += float(np.sum(p[mine[first]] * p[mine[second]]))
    return exact, pairs, expected
