"""The complete tables inside a body of marks, which the classical coefficients need."""

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.ratings import RatingError, Ratings, sums_by


def criterion_means(ratings: Ratings) -> FloatArray:
    """Mean mark over raters per ratee and criterion (ratees × criteria), nan where there are no marks."""
    shape = (ratings.n_ratees, ratings.n_criteria)
    cell = ratings.ratee * ratings.n_criteria + ratings.criterion
    n_cells = shape[0] * shape[1]
    count = np.bincount(cell, minlength=n_cells)
    total = sums_by(cell, ratings.mark, n_cells)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan).reshape(shape)


def raters_of_all(ratings: Ratings) -> IndexArray:
    """The raters who marked every ratee on every criterion."""
    per_rater = np.bincount(ratings.rater, minlength=ratings.n_raters)
    return np.flatnonzero(per_rater == ratings.n_ratees * ratings.n_criteria)


def complete_table(ratings: Ratings) -> FloatArray:
    """The marks of those raters who marked everything (ratees × criteria × raters); O(marks)."""
    raters = raters_of_all(ratings)
    if len(raters) < 2:
        raise RatingError(
            f"only {len(raters)} of {ratings.n_raters} raters marked every ratee on every criterion; "
            "the coefficient compares two or more"
        )
    place = np.full(ratings.n_raters, -1)
    place[raters] = np.arange(len(raters))
    mine = place[ratings.rater] >= 0
    table = np.full((ratings.n_ratees, ratings.n_criteria, len(raters)), np.nan)
    table[ratings.ratee[mine], ratings.criterion[mine], place[ratings.rater[mine]]] = ratings.mark[mine]
    return table


def counts_per_unit(ratings: Ratings) -> tuple[FloatArray, FloatArray]:
    """The different marks, and how often each ratee-and-criterion got each (units × marks)."""
    values, index = np.unique(ratings.mark, return_inverse=True)
    n_units = ratings.n_ratees * ratings.n_criteria
    unit = ratings.ratee * ratings.n_criteria + ratings.criterion
    counts = np.bincount(unit * len(values) + index, minlength=n_units * len(values))
    return values, counts.reshape(n_units, len(values)).astype(np.float64)
