"""The part of the ratings with finite estimates: elements with only top or only bottom marks set aside."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, IndexArray
from secondment.algorithms.rating.design import CRITERION, Design
from secondment.algorithms.rating.ratings import RatingError, Ratings, distinct
from secondment.algorithms.rating.scale import Scale, ScaleKind, code_marks

Flags = tuple[BoolArray, BoolArray, BoolArray]


@dataclass(frozen=True)
class Core:
    """The fitted part as a `design` over its own numbering; `members` gives the original indices per facet.

    `used` marks which marks are in it. `extreme` is per facet and element 0, or +1 (-1) when all its marks
    were the top (bottom) category; `removed_in` is the round in which the element was set aside, else 0.
    """

    design: Design
    members: tuple[IndexArray, IndexArray, IndexArray]
    used: BoolArray
    extreme: tuple[IndexArray, IndexArray, IndexArray]
    removed_in: tuple[IndexArray, IndexArray, IndexArray]


def columns_of(ratings: Ratings) -> tuple[IndexArray, IndexArray, IndexArray]:
    """The three index columns of the facets model."""
    return ratings.ratee, ratings.rater, ratings.criterion


def sizes_of(ratings: Ratings) -> tuple[int, int, int]:
    """How many ratees, raters and criteria there are."""
    return ratings.n_ratees, ratings.n_raters, ratings.n_criteria


def find_core(ratings: Ratings, kind: ScaleKind, kept: Flags) -> Core:
    """Set extreme elements aside, round by round, until every remaining one has a finite estimate.

    `kept` marks elements that stay whatever their marks: anchored ones, or ratees under a population model.
    """
    columns, sizes = columns_of(ratings), sizes_of(ratings)
    extreme = tuple(np.zeros(size, dtype=np.intp) for size in sizes)
    removed_in = tuple(np.zeros(size, dtype=np.intp) for size in sizes)
    used = np.ones(len(ratings.mark), dtype=bool)
    turn, found = 0, True
    while found:
        turn += 1
        criterion = ratings.criterion[used]
        scale, category = code_marks(criterion, ratings.mark[used], ratings.n_criteria, kind)
        top = scale.n_steps[scale.group[criterion]]
        found = False
        for facet, column in enumerate(columns):
            sign = _extreme_signs(column[used], sizes[facet], category, top)
            sign[kept[facet]] = 0
            found |= bool(sign.any())
            extreme[facet][sign != 0] = sign[sign != 0]
            removed_in[facet][sign != 0] = turn
        for facet, column in enumerate(columns):
            used &= removed_in[facet][column] == 0
        if not used.any():
            raise _nothing_left(ratings)
    _check_criteria(extreme[CRITERION], kind)
    design, members = _renumber(ratings, used, scale, category)
    return Core(
        design,
        members,
        used,
        (extreme[0], extreme[1], extreme[2]),
        (removed_in[0], removed_in[1], removed_in[2]),
    )


def _nothing_left(ratings: Ratings) -> RatingError:
    if not np.ptp(ratings.mark):
        return RatingError("all marks are alike: nothing can be distinguished")
    return RatingError(
        "the marks only order the elements: those left have only top or only bottom marks, round by round, "
        "so distances cannot be estimated; more raters are needed, or a model that assumes a spread (hierarchical)"
    )


def _extreme_signs(column: IndexArray, size: int, category: IndexArray, top: IndexArray) -> IndexArray:
    n_marks = np.bincount(column, minlength=size)
    at_top = np.bincount(column, category == top, minlength=size) == n_marks
    at_bottom = np.bincount(column, category == 0, minlength=size) == n_marks
    return np.where(n_marks == 0, 0, at_top.astype(np.intp) - (at_bottom & ~at_top))


def _check_criteria(extreme: IndexArray, kind: ScaleKind) -> None:
    if kind is ScaleKind.PARTIAL_CREDIT and extreme.any():
        number = int(np.flatnonzero(extreme)[0])
        raise RatingError(
            f"criterion number {number + 1} has only one mark in use, so it has no partial-credit scale"
        )


def _renumber(
    ratings: Ratings, used: BoolArray, scale: Scale, category: IndexArray
) -> tuple[Design, tuple[IndexArray, IndexArray, IndexArray]]:
    members, columns = [], []
    for column, size in zip(columns_of(ratings), sizes_of(ratings), strict=True):
        member, index, _ = distinct(column[used], size)
        members.append(member)
        columns.append(index)
    own = Scale(scale.marks, scale.n_steps, scale.group[members[CRITERION]])
    sizes = (len(members[0]), len(members[1]), len(members[2]))
    design = Design((columns[0], columns[1], columns[2]), sizes, category, own)
    return design, (members[0], members[1], members[2])
