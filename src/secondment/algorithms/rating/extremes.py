"""Finite values for elements whose marks are all top or all bottom."""

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.core import Core, columns_of
from secondment.algorithms.rating.design import SIGNS, SMALLEST_VARIANCE, category_probabilities
from secondment.algorithms.rating.ratings import Ratings, sums_by
from secondment.algorithms.rating.scale import Scale

# Facets' default: an extreme raw score is taken to be this many score points inside the range.
SCORE_ADJUSTMENT = 0.3
WIDEST = 40.0
BISECTIONS = 60

Facets = tuple[FloatArray, FloatArray, FloatArray]


def place_extremes(ratings: Ratings, core: Core, fitted: Facets, kappa: FloatArray) -> tuple[Facets, Facets]:
    """Measures and standard errors (nan for fitted elements) of all elements, extremes included.

    An element set aside last is placed first, against whatever already has a value; partners without one
    count as average.
    """
    sizes = [len(flags) for flags in core.removed_in]
    values = [np.zeros(size) for size in sizes]
    errors = [np.full(size, np.nan) for size in sizes]
    for value, member, own in zip(values, core.members, fitted, strict=True):
        value[member] = own
        value[np.setdiff1d(np.arange(len(value)), member)] = own.mean() if value is values[0] else 0.0
    scale = _whole_scale(core, ratings.n_criteria)
    category = scale.nearest_category(ratings.criterion, ratings.mark)
    last = max(int(turns.max()) for turns in core.removed_in)
    for turn in range(last, 0, -1):
        for facet in range(3):
            chosen = core.removed_in[facet] == turn
            if chosen.any():
                known = _marks_with_known_partners(ratings, core, facet, chosen, turn)
                value, error = _solve(ratings, scale, kappa, category, (values, facet, chosen, known))
                values[facet][chosen], errors[facet][chosen] = value, error
    return (values[0], values[1], values[2]), (errors[0], errors[1], errors[2])


def _whole_scale(core: Core, n_criteria: int) -> Scale:
    own = core.design.scale
    group = np.zeros(n_criteria, dtype=np.intp)
    group[core.members[2]] = own.group
    return Scale(own.marks, own.n_steps, group)


def _marks_with_known_partners(
    ratings: Ratings, core: Core, facet: int, chosen: BoolArray, turn: int
) -> BoolArray:
    """The marks of the chosen elements; only those with settled partners, where an element has any."""
    columns = columns_of(ratings)
    mine = chosen[columns[facet]]
    settled = mine.copy()
    for other in range(3):
        if other != facet:
            removed = core.removed_in[other][columns[other]]
            settled &= (removed == 0) | (removed > turn)
    served = np.bincount(columns[facet][settled], minlength=len(chosen)) > 0
    return mine & (settled | ~served[columns[facet]])


def _solve(
    ratings: Ratings,
    scale: Scale,
    kappa: FloatArray,
    category: IndexArray,
    task: tuple[list[FloatArray], int, BoolArray, BoolArray],
) -> tuple[FloatArray, FloatArray]:
    """Bisect for the value at which the expected raw score equals the adjusted one."""
    values, facet, chosen, known = task
    columns = columns_of(ratings)
    position = np.cumsum(chosen) - 1
    owner = position[columns[facet][known]]
    offset = np.zeros(int(known.sum()))
    for other, sign in enumerate(SIGNS):
        if other != facet:
            offset += sign * values[other][columns[other][known]]
    group = scale.group[columns[2][known]]
    n_chosen = int(chosen.sum())
    raw = sums_by(owner, category[known], n_chosen)
    most = sums_by(owner, scale.n_steps[group], n_chosen)
    target = np.clip(raw, SCORE_ADJUSTMENT, most - SCORE_ADJUSTMENT)
    low, high = np.full(n_chosen, -WIDEST), np.full(n_chosen, WIDEST)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        score, _ = _moments(offset + middle[owner], kappa[group], owner, n_chosen)
        low, high = np.where(score < target, middle, low), np.where(score < target, high, middle)
    merit = (low + high) / 2
    _, information = _moments(offset + merit[owner], kappa[group], owner, n_chosen)
    return SIGNS[facet] * merit, 1 / np.sqrt(information)


def _moments(
    eta: FloatArray, kappa_rows: FloatArray, owner: IndexArray, n_owners: int
) -> tuple[FloatArray, FloatArray]:
    p, _ = category_probabilities(eta, kappa_rows)
    levels = np.arange(p.shape[1])
    mean = p @ levels
    score = sums_by(owner, mean, n_owners)
    return score, sums_by(owner, np.maximum(p @ levels**2 - mean**2, SMALLEST_VARIANCE), n_owners)
