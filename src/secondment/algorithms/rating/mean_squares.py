"""Infit and outfit: how far marks lie from what the model expects, at point estimates or over a posterior."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.design import (
    CHUNK,
    RATEE,
    SMALLEST_VARIANCE,
    Design,
    Parameters,
    category_probabilities,
    linear_predictor,
)
from secondment.algorithms.rating.grid import Tables
from secondment.algorithms.rating.patterns import Patterns
from secondment.algorithms.rating.ratings import sums_by

MOST_CELLS = 4_000_000
N_NODES = 9


@dataclass(frozen=True, eq=False)
class Residuals:
    """Per mark: the squared residual, the variance the model expects of it, and their ratio."""

    squares: FloatArray
    variance: FloatArray
    ratio: FloatArray

    @classmethod
    def of(cls, residual: FloatArray, variance: FloatArray) -> "Residuals":
        """Residuals at point estimates."""
        return cls(residual**2, variance, residual**2 / variance)

    def of_marks(self, chosen: BoolArray) -> "Residuals":
        """Those of some marks."""
        return Residuals(self.squares[chosen], self.variance[chosen], self.ratio[chosen])


def fit_mean_squares(found: Residuals, column: IndexArray, size: int) -> tuple[FloatArray, FloatArray]:
    """Infit (information-weighted) and outfit (plain) mean square residual of each element of a column."""
    infit = sums_by(column, found.squares, size) / sums_by(column, found.variance, size)
    outfit = sums_by(column, found.ratio, size) / np.bincount(column, minlength=size)
    return infit, outfit


def residuals(design: Design, parameters: Parameters) -> Residuals:
    """Observed minus expected category at the estimates."""
    eta = linear_predictor(design, parameters)
    mean, variance = np.empty_like(eta), np.empty_like(eta)
    levels = np.arange(parameters.kappa.shape[1])
    group = design.group
    for start in range(0, len(eta), CHUNK):
        part = slice(start, start + CHUNK)
        rows = parameters.kappa if len(parameters.kappa) == 1 else parameters.kappa[group[part]]
        p, _ = category_probabilities(eta[part], rows)
        mean[part] = p @ levels
        variance[part] = np.maximum(p @ levels**2 - mean[part] ** 2, SMALLEST_VARIANCE)
    return Residuals.of(design.category - mean, variance)


def expected_residuals(design: Design, patterns: Patterns, tables: Tables, weights: FloatArray) -> Residuals:
    """Squares, variances and ratios as the posterior of each ratee expects them.

    A ratee's own marks pull its posterior mean towards them, so that residuals at that mean are too small. Where the
    model holds, a mark and a merit drawn from the posterior belong together like a mark and the true merit: both mean
    squares then expect 1.

    Parameters
    ----------
    weights : float array (n_classes, n_nodes), posterior of each class of ratees.

    Notes
    -----
    Five products of weights with tables per pattern: O(classes × nodes × items of the pattern).
    """
    expected = tables.expected
    variance = np.maximum(tables.variance, SMALLEST_VARIANCE)
    moments = (expected, expected**2, variance, 1 / variance, expected / variance, expected**2 / variance)
    class_of_mark = patterns.class_of_ratee[design.columns[RATEE]]
    found = np.empty((3, len(class_of_mark)))
    order = np.argsort(patterns.class_pattern[class_of_mark], kind="stable")
    bounds = np.searchsorted(
        patterns.class_pattern[class_of_mark][order], np.arange(patterns.times.shape[0] + 1)
    )
    for pattern, (start, stop) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        items = patterns.items_of(pattern)
        marks = order[start:stop][np.argsort(class_of_mark[order[start:stop]], kind="stable")]
        for some in _parts(marks, class_of_mark[marks], MOST_CELLS // len(items)):
            classes, row = np.unique(class_of_mark[some], return_inverse=True)
            place = row, np.searchsorted(items, patterns.item_of_mark[some])
            e, e2, v, per_v, e_per_v, e2_per_v = (
                (weights[classes] @ moment[items].T)[place] for moment in moments
            )
            k = design.category[some]
            found[:, some] = k**2 - 2 * k * e + e2, v, k**2 * per_v - 2 * k * e_per_v + e2_per_v
    return Residuals(np.maximum(found[0], 0.0), found[1], np.maximum(found[2], 0.0))


def normal_residuals(
    category: IndexArray, eta: FloatArray, noise: FloatArray, kappa: FloatArray
) -> Residuals:
    """As `expected_residuals`, where each mark's predictor has a normal posterior of mean `eta` and variance `noise`.

    `kappa` (1 × categories); Gauss–Hermite with nine nodes per mark.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(N_NODES)
    levels = np.arange(kappa.shape[1])
    found = np.zeros((3, len(eta)))
    for node, weight in zip(nodes.tolist(), (weights / weights.sum()).tolist(), strict=True):
        p, _ = category_probabilities(eta + node * np.sqrt(noise), kappa)
        mean = p @ levels
        variance = np.maximum(p @ levels**2 - mean**2, SMALLEST_VARIANCE)
        square = (category - mean) ** 2
        found += weight * np.stack([square, variance, square / variance])
    return Residuals(*found)


def _parts(marks: IndexArray, classes: IndexArray, most_classes: int) -> list[IndexArray]:
    """Marks sorted by class, cut so that no part holds more than so many classes (at least one)."""
    rank = np.cumsum(np.diff(classes, prepend=classes[0]) != 0)
    return np.split(marks, np.flatnonzero(np.diff(rank // max(most_classes, 1))) + 1)
