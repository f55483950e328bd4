"""The marks in use as consecutive categories, one scale for all criteria or one per criterion."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.ratings import RatingError, distinct

MOST_CATEGORIES = 101
LARGEST_COUNTED = 1_000_000


class ScaleKind(StrEnum):
    """Whether criteria share their thresholds."""

    RATING = "rating"
    PARTIAL_CREDIT = "partial-credit"


@dataclass(frozen=True)
class Scale:
    """`marks` (groups × categories, nan beyond a group's top); `n_steps` per group; `group` of each criterion."""

    marks: FloatArray
    n_steps: IndexArray
    group: IndexArray

    @property
    def n_groups(self) -> int:
        """How many sets of thresholds there are."""
        return len(self.n_steps)

    @property
    def free_steps(self) -> tuple[IndexArray, IndexArray]:
        """Group and category of every cumulated threshold that is estimated: all but a group's first and last."""
        category = np.arange(self.marks.shape[1])
        group, step = np.nonzero((category > 0) & (category < self.n_steps[:, None]))
        return group, step

    def flat(self) -> FloatArray:
        """Cumulated thresholds with all steps at 0; infinite where a group has no such category."""
        beyond = np.arange(self.marks.shape[1]) > self.n_steps[:, None]
        return np.where(beyond, np.inf, 0.0)

    def nearest_category(self, criterion: IndexArray, mark: FloatArray) -> IndexArray:
        """The category of each mark; a mark outside the scale counts as the nearest one inside."""
        result = np.zeros(len(mark), dtype=np.intp)
        group = self.group[criterion]
        for number, top in enumerate(self.n_steps):
            mine = group == number
            marks = self.marks[number, : top + 1]
            middles = (marks[1:] + marks[:-1]) / 2
            result[mine] = np.searchsorted(middles, mark[mine])
        return result


def code_marks(
    criterion: IndexArray, mark: FloatArray, n_criteria: int, kind: ScaleKind
) -> tuple[Scale, IndexArray]:
    """The scale the marks span and each mark's category; unused marks are closed up.

    Closing up follows Facets' default: a category without observations has no threshold to estimate.
    """
    per_criterion = kind is ScaleKind.PARTIAL_CREDIT
    group = np.arange(n_criteria) if per_criterion else np.zeros(n_criteria, dtype=np.intp)
    category = np.zeros(len(mark), dtype=np.intp)
    levels = []
    for number in range(n_criteria if per_criterion else 1):
        mine = criterion == number if per_criterion else slice(None)
        values, category[mine] = _levels(mark[mine])
        levels.append(values)
    widest = max(len(values) for values in levels)
    if widest > MOST_CATEGORIES:
        raise RatingError(
            f"{widest} different marks; at most {MOST_CATEGORIES} can be distinguished by a model"
        )
    marks = np.full((len(levels), widest), np.nan)
    for number, values in enumerate(levels):
        marks[number, : len(values)] = values
    return Scale(marks, np.array([max(len(v) - 1, 0) for v in levels]), group), category


def _levels(mark: FloatArray) -> tuple[FloatArray, IndexArray]:
    """The different marks in order and the place of each mark among them; integer marks need no sorting."""
    if not len(mark) or np.abs(mark).max() > LARGEST_COUNTED or not np.array_equal(mark, np.rint(mark)):
        values, place = np.unique(mark, return_inverse=True)
        return values, place
    lowest = int(mark.min())
    steps, place, _ = distinct(mark.astype(np.intp) - lowest, int(mark.max()) - lowest + 1)
    return (steps + lowest).astype(np.float64), place
