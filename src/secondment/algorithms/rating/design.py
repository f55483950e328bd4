"""What a facets model is fitted to, its parameters, and the likelihood with its derivatives."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.scale import Scale

RATEE, RATER, CRITERION = 0, 1, 2
SIGNS = (1.0, -1.0, -1.0)
CHUNK = 1 << 17
# A mark as good as certain still has a variance, or quotients by it would be undefined.
SMALLEST_VARIANCE = 1e-12


@dataclass(frozen=True)
class Design:
    """Index columns (ratee, rater, criterion), their sizes, the category of each mark and the scale.

    Marks of indistinguishable ratees may be merged: `weight` then states how many marks an entry stands
    for, `category` is their mean, and `counts` keeps how often each category was given.
    """

    columns: tuple[IndexArray, IndexArray, IndexArray]
    sizes: tuple[int, int, int]
    category: IndexArray | FloatArray
    scale: Scale
    weight: FloatArray | None = None
    counts: FloatArray | None = None

    @property
    def group(self) -> IndexArray:
        """The threshold group of each mark."""
        return self.scale.group[self.columns[CRITERION]]


@dataclass(frozen=True)
class Parameters:
    """Measures per facet in logits and cumulated thresholds `kappa` (groups × categories)."""

    facets: tuple[FloatArray, FloatArray, FloatArray]
    kappa: FloatArray


@dataclass(frozen=True)
class Evaluation:
    """Log-likelihood and per-entry residual and variance, times the entry's weight; the `step_` arrays concern the thresholds.

    `step_residual` (groups × categories) is expected minus observed counts, `step_cross` holds per facet
    (elements × groups × categories) the sums of P_k (k − E), `step_information` the covariances of counts.
    """

    log_likelihood: float
    residual: FloatArray
    variance: FloatArray
    step_residual: FloatArray
    step_cross: tuple[FloatArray, ...]
    step_information: FloatArray


def linear_predictor(design: Design, parameters: Parameters) -> FloatArray:
    """Ratee minus severity minus difficulty, per mark."""
    ratee, rater, criterion = design.columns
    a, b, c = parameters.facets
    return np.asarray(a[ratee] - b[rater] - c[criterion])


def category_probabilities(eta: FloatArray, kappa_rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Category probabilities (marks × categories) of the adjacent-category model, and log of their norm.

    log P(k) = k·eta − kappa_k − log Z; `kappa_rows` is (1 or marks) × categories. The result is laid out category
    by category, which sums over categories several times faster.
    """
    weights = np.arange(kappa_rows.shape[1])[:, None] * eta
    weights -= kappa_rows.T
    top = weights.max(axis=0)
    weights -= top
    np.exp(weights, out=weights)
    norm = weights.sum(axis=0)
    weights /= norm
    return weights.T, top + np.log(norm)


def evaluate(design: Design, parameters: Parameters) -> Evaluation:
    """One pass over the entries in chunks: O(entries × categories) time, O(entries) memory."""
    eta = linear_predictor(design, parameters)
    n_marks, n_levels = len(eta), parameters.kappa.shape[1]
    n_groups = design.scale.n_groups
    group = design.group if n_groups > 1 else None
    levels = np.arange(n_levels)
    expected, variance = np.empty(n_marks), np.empty(n_marks)
    cross = tuple(np.zeros((size, n_groups, n_levels)) for size in design.sizes)
    expected_counts = np.zeros((n_groups, n_levels))
    information = np.zeros((n_groups, n_levels, n_levels))
    total = 0.0
    for start in range(0, n_marks, CHUNK):
        part = slice(start, start + CHUNK)
        rows = group[part] if group is not None else None
        kappa = parameters.kappa[rows] if rows is not None else parameters.kappa
        p, log_norm = category_probabilities(eta[part], kappa)
        mean = p @ levels
        expected[part] = mean
        variance[part] = np.maximum(p @ levels**2 - mean**2, SMALLEST_VARIANCE)
        weighted = p
        if design.weight is not None:
            weighted, log_norm = p * design.weight[part, None], log_norm * design.weight[part]
        total -= log_norm.sum()
        _add_steps(information, expected_counts, (p, weighted), rows)
        columns = [column[part] for column in design.columns]
        for level in range(1, n_levels - 1):
            with_count = weighted[:, level] * (level - mean)
            for column, block in zip(columns, cross, strict=True):
                _add_cross(block, column, rows, level, with_count)
    counts = observed_counts(design)
    category, residual = design.category, design.category - expected
    if design.weight is not None:
        category, residual, variance = (design.weight * values for values in (category, residual, variance))
    total += float(category @ eta) - float(np.sum(counts[counts > 0] * parameters.kappa[counts > 0]))
    return Evaluation(total, residual, variance, expected_counts - counts, cross, information)


def observed_counts(design: Design) -> FloatArray:
    """How often each category was given, per threshold group."""
    if design.counts is not None:
        return design.counts
    shape = design.scale.marks.shape
    category = np.asarray(design.category, dtype=np.intp)
    flat = np.bincount(design.group * shape[1] + category, minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype(np.float64)


def _add_steps(
    information: FloatArray, counts: FloatArray, both: tuple[FloatArray, FloatArray], rows: IndexArray | None
) -> None:
    """Add what the probabilities, plain and weighted, say of each group's thresholds."""
    for number in [0] if rows is None else np.unique(rows):
        p, weighted = both if rows is None else (part[rows == number] for part in both)
        sums = weighted.sum(axis=0)
        counts[number] += sums
        information[number] += np.diag(sums) - p.T @ weighted


def _add_cross(
    block: FloatArray, column: IndexArray, rows: IndexArray | None, level: int, with_count: FloatArray
) -> None:
    size, n_groups, _ = block.shape
    index = column if rows is None else column * n_groups + rows
    sums = np.bincount(index, with_count, minlength=size * n_groups)
    block[:, :, level] += sums.reshape(size, n_groups)
