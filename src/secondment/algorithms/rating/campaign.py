"""Which random and fixed effects a campaign's marks carry, as index arrays for the hierarchical model."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.ratings import (
    RatingError,
    Ratings,
    sums_by,
)
from secondment.algorithms.rating.scale import Scale, ScaleKind, code_marks

MOST_BORDER_CELLS = 20_000_000


class Effect(StrEnum):
    """The random effects whose spread is estimated."""

    RATEE = "ratee"
    UNIT = "unit"
    RATER = "rater"
    LOCAL_RATER = "rater_and_impression"
    IMPRESSION = "impression"


@dataclass(frozen=True)
class CellPairs:
    """Which places of the border each cell meets, as a sparse matrix is built from it.

    `place` (marks × columns) numbers the distinct pairs of cell and border place, `n_pairs` where there is none. Behind the pairs
    come the cells once for each threshold. `order` sorts all by row and column; `column` and `start` are the pattern by rows.
    """

    n_pairs: int
    place: IndexArray
    order: IndexArray
    column: IndexArray
    start: IndexArray


@dataclass(frozen=True)
class Campaign:
    """The effects behind each mark; eta = sum of a mark's effects, all counted as kindness.

    A *cell* is one rater's ballot on one ratee; its own effect is the impression, and for a rater seen with one
    ratee only his severity too. `loads` (cells × 1 + slots) states which of its ratee's own effects (merit, then
    leniency of units seen with that ratee alone) a cell carries. `border` (marks × slots) are indices of effects
    shared by ratees: source, rater, unit, criterion; `n_border` means none. Thresholds follow.
    """

    ratings: Ratings
    scale: Scale
    category: IndexArray
    cell: IndexArray
    cell_ratee: IndexArray
    cell_rater: IndexArray
    cell_source: IndexArray
    cell_effect: list[Effect]
    loads: FloatArray
    slot_effect: IndexArray
    border: IndexArray
    n_border: int
    border_rater: IndexArray
    border_unit: IndexArray
    unit_effects: IndexArray
    is_nested_source: BoolArray
    has_unit_effects: bool

    @property
    def n_cells(self) -> int:
        """How many ballots there are."""
        return len(self.cell_ratee)

    @property
    def n_steps(self) -> int:
        """How many thresholds are free."""
        return int(self.scale.n_steps[0]) - 1

    @cached_property
    def cell_pairs(self) -> CellPairs:
        """The pattern of what cells and border have in common; it is the same in every step of a climb."""
        width = self.n_border + self.n_steps
        is_met = self.border < self.n_border
        keys, found = np.unique((self.cell[:, None] * width + self.border)[is_met], return_inverse=True)
        place = np.full(self.border.shape, len(keys), dtype=np.intp)
        place[is_met] = found
        steps = np.arange(self.n_border, width)[:, None] + np.arange(self.n_cells) * width
        every = np.concatenate([keys, steps.ravel()])
        order = np.argsort(every)
        start = np.searchsorted(every[order], np.arange(self.n_cells + 1) * width)
        return CellPairs(len(keys), place, order, every[order] % width, start)


def lay_out(ratings: Ratings) -> Campaign:
    """Sort the campaign's effects into ballots, ratees and the border they share."""
    scale, category = code_marks(ratings.criterion, ratings.mark, ratings.n_criteria, ScaleKind.RATING)
    if not scale.n_steps[0]:
        raise RatingError("all marks are alike: nothing can be distinguished")
    source, n_sources = _source(ratings)
    ballots = _ballots(ratings, source, n_sources)
    nested = _nested_sources(ballots, ratings, n_sources)
    carries = (ballots.unit >= 0) & nested[ballots.source]
    carries &= _separable(ballots, carries, ratings)
    units = _unit_effects(ballots, carries, ratings.n_ratees)
    ratees_of_rater = _count_partners(ballots.rater, ballots.ratee, ratings.n_raters, ratings.n_ratees)
    is_common = ratees_of_rater > 1
    border_rater = _numbered(is_common, n_sources)
    border_unit = _numbered(units.is_shared, n_sources + int(is_common.sum()))
    n_before = n_sources + int(is_common.sum() + units.is_shared.sum())
    n_border = n_before + ratings.n_criteria - 1
    _check_size(len(ballots.ratee), n_border, int(scale.n_steps[0]) - 1)
    slot, slot_effect = _slots(ballots, carries, units, ratings.n_ratees)
    loads = np.hstack([np.ones((len(slot), 1)), slot[:, None] == np.arange(slot_effect.shape[1])])
    # The last entry answers for the ballots without a unit effect.
    unit_column = np.append(border_unit, -1)[units.of_ballot]
    criterion_column = np.where(ratings.criterion == 0, -1, n_before + ratings.criterion - 1)
    columns = [source, border_rater[ratings.rater], unit_column[ballots.of_mark], criterion_column]
    border = np.stack(columns, axis=1)
    return Campaign(
        ratings, scale, category, ballots.of_mark, ballots.ratee, ballots.rater, ballots.source,
        [Effect.IMPRESSION if common else Effect.LOCAL_RATER for common in is_common[ballots.rater]],
        loads, slot_effect, np.where(border < 0, n_border, border), n_border,
        border_rater, border_unit, units.keys, nested, units.keys.shape[1] > 0,
    )  # fmt: skip


@dataclass(frozen=True)
class _Ballots:
    """The ballot of each mark, and of each ballot its ratee, rater, source and unit (-1: none)."""

    of_mark: IndexArray
    ratee: IndexArray
    rater: IndexArray
    source: IndexArray
    unit: IndexArray


@dataclass(frozen=True)
class _Units:
    """Unit effects: unit and source of each, the effect of each ballot (-1: none), and which several ratees share."""

    keys: IndexArray
    of_ballot: IndexArray
    is_shared: BoolArray


def _ballots(ratings: Ratings, source: IndexArray, n_sources: int) -> _Ballots:
    unit = ratings.unit if ratings.unit is not None else np.full(len(source), -1, dtype=np.intp)
    # One number per ballot, sorted by ratee first; it stays far below 2⁶³ at any size that can be fitted.
    key = (ratings.ratee * ratings.n_raters + ratings.rater) * n_sources + source
    key = key * (ratings.n_units + 1) + unit + 1
    _, first, of_mark = np.unique(key, return_index=True, return_inverse=True)
    return _Ballots(of_mark, ratings.ratee[first], ratings.rater[first], source[first], unit[first])


def _numbered(chosen: BoolArray, start: int) -> IndexArray:
    """Consecutive numbers from `start` for the chosen, -1 for the others."""
    return np.where(chosen, start + np.cumsum(chosen) - 1, -1)


def _check_size(n_ballots: int, n_border: int, n_steps: int) -> None:
    if n_ballots * (n_border + n_steps) > MOST_BORDER_CELLS:
        raise RatingError(
            f"{n_ballots} ballots with {n_border} raters, units and criteria in common are too many "
            "for one hierarchical fit; rate each campaign by itself or use the facets model"
        )


def _source(ratings: Ratings) -> tuple[IndexArray, int]:
    """The source of each mark; marks without one share a separate source."""
    if ratings.source is None:
        return np.zeros(len(ratings.mark), dtype=np.intp), 1
    blank = ratings.source < 0
    return np.where(blank, ratings.n_sources, ratings.source), ratings.n_sources + int(blank.any())


def _count_partners(of: IndexArray, partner: IndexArray, size: int, n_partners: int) -> IndexArray:
    pairs = np.unique(of * n_partners + partner)
    return np.bincount(pairs // n_partners, minlength=size)


def _nested_sources(ballots: _Ballots, ratings: Ratings, n_sources: int) -> BoolArray:
    """Sources most of whose raters stay inside one unit: only there a unit has a leniency."""
    known = ballots.unit >= 0
    rater, source = ballots.rater[known], ballots.source[known]
    crosses = _count_partners(rater, ballots.unit[known], ratings.n_raters, max(ratings.n_units, 1)) > 1
    crossing = sums_by(source, crosses[rater], n_sources)
    return crossing < 0.5 * np.bincount(source, minlength=n_sources)


def _separable(ballots: _Ballots, carries: BoolArray, ratings: Ratings) -> bool:
    """Whether leniency shows apart from merit: some ratee is seen with and without it, or ratees share a unit."""
    if not carries.any():
        return False
    with_unit = np.bincount(ballots.ratee[carries], minlength=ratings.n_ratees) > 0
    without = np.bincount(ballots.ratee[~carries], minlength=ratings.n_ratees) > 0
    ratees = _count_partners(ballots.unit[carries], ballots.ratee[carries], ratings.n_units, ratings.n_ratees)
    return bool((with_unit & without).any() or (ratees > 1).any())


def _unit_effects(ballots: _Ballots, carries: BoolArray, n_ratees: int) -> _Units:
    pairs = np.stack([ballots.unit[carries], ballots.source[carries]])
    keys, index = np.unique(pairs, axis=1, return_inverse=True)
    effect = np.full(len(carries), -1, dtype=np.intp)
    effect[carries] = index
    n_effects = keys.shape[1]
    return _Units(keys, effect, _count_partners(index, ballots.ratee[carries], n_effects, n_ratees) > 1)


def _slots(
    ballots: _Ballots, carries: BoolArray, units: _Units, n_ratees: int
) -> tuple[IndexArray, IndexArray]:
    """For each ballot the place of its unit's effect among its ratee's own (-1: none); the effect at each place."""
    own = carries.copy()
    own[carries] = ~units.is_shared[units.of_ballot[carries]]
    pairs = np.stack([ballots.ratee[own], units.of_ballot[own]])
    keys, index = np.unique(pairs, axis=1, return_inverse=True)
    place = np.arange(keys.shape[1]) - np.searchsorted(keys[0], keys[0])
    slot = np.full(len(own), -1, dtype=np.intp)
    slot[own] = place[index]
    table = np.full((n_ratees, int(place.max(initial=-1)) + 1), -1, dtype=np.intp)
    table[keys[0], place] = keys[1]
    return slot, table
