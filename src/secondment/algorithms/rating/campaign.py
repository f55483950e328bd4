"""Which random and fixed effects a campaign's marks carry, as index arrays for the hierarchical model."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from secondment.algorithms.rating.ratings import (
    BoolArray,
    FloatArray,
    IntArray,
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
class Campaign:
    """The effects behind each mark; eta = sum of a mark's effects, all counted as kindness.

    A *cell* is one rater's ballot on one ratee; its own effect is the impression, and for a rater seen with one
    ratee only his severity too. `loads` (cells × 1 + slots) says which of its ratee's own effects (merit, then
    leniency of units seen with that ratee alone) a cell carries. `border` (marks × slots) are indices of effects
    shared by ratees: source, rater, unit, criterion; `n_border` stands for none. Thresholds follow behind.
    """

    ratings: Ratings
    scale: Scale
    category: IntArray
    cell: IntArray
    cell_ratee: IntArray
    cell_rater: IntArray
    cell_source: IntArray
    cell_effect: list[Effect]
    loads: FloatArray
    slot_effect: IntArray
    border: IntArray
    n_border: int
    border_rater: IntArray
    border_unit: IntArray
    unit_effects: IntArray
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


def lay_out(ratings: Ratings) -> Campaign:
    """Sort the campaign's effects into ballots, ratees and the border they share."""
    scale, category = code_marks(ratings.criterion, ratings.mark, ratings.n_criteria, ScaleKind.RATING)
    if not scale.n_steps[0]:
        raise RatingError("all marks are alike: nothing can be told apart")
    source, n_sources = _source(ratings)
    unit = ratings.unit if ratings.unit is not None else np.full(len(category), -1, dtype=np.intp)
    # One number per ballot, sorted by ratee first; it stays far below 2⁶³ at any size that can be fitted.
    key = (ratings.ratee * ratings.n_raters + ratings.rater) * n_sources + source
    key = key * (ratings.n_units + 1) + unit + 1
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    cell_ratee, cell_rater = ratings.ratee[first], ratings.rater[first]
    cell_source, cell_unit = source[first], unit[first]
    ratees_of_rater = _count_partners(cell_rater, cell_ratee, ratings.n_raters, ratings.n_ratees)
    nested = _nested_sources(cell_source, cell_unit, cell_rater, ratings, n_sources)
    carries = (cell_unit >= 0) & nested[cell_source]
    carries &= _separable(cell_ratee, cell_unit, carries, ratings)
    unit_effects, effect_of_cell = _unit_effects(cell_unit, cell_source, carries)
    n_effects = unit_effects.shape[1]
    shared_unit = np.zeros(n_effects, dtype=bool)
    if n_effects:
        partners = _count_partners(effect_of_cell[carries], cell_ratee[carries], n_effects, ratings.n_ratees)
        shared_unit = partners > 1
    is_common = ratees_of_rater > 1
    border_rater = np.where(is_common, n_sources + np.cumsum(is_common) - 1, -1)
    n_before = n_sources + int(is_common.sum())
    border_unit = np.where(shared_unit, n_before + np.cumsum(shared_unit) - 1, -1)
    n_before += int(shared_unit.sum())
    n_border = n_before + ratings.n_criteria - 1
    steps = scale.marks.shape[1] - 2
    if len(cell_ratee) * (n_border + steps) > MOST_BORDER_CELLS:
        raise RatingError(
            f"{len(cell_ratee)} ballots with {n_border} raters, units and criteria in common are too many "
            "for one hierarchical fit; rate each campaign by itself or use the facets model"
        )
    own_slot, slot_effect = _slots(effect_of_cell, cell_ratee, carries, shared_unit, ratings.n_ratees)
    loads = np.zeros((len(cell_ratee), 1 + slot_effect.shape[1]))
    loads[:, 0] = 1
    loads[own_slot >= 0, 1 + own_slot[own_slot >= 0]] = 1
    unit_column = np.where(carries, border_unit[effect_of_cell] if n_effects else -1, -1)
    columns = [source, border_rater[ratings.rater], unit_column[cell], n_before + ratings.criterion - 1]
    columns[3] = np.where(ratings.criterion == 0, -1, columns[3])
    border = np.stack(columns, axis=1)
    return Campaign(
        ratings, scale, category, cell, cell_ratee, cell_rater, cell_source,
        [Effect.IMPRESSION if common else Effect.LOCAL_RATER for common in is_common[cell_rater]],
        loads, slot_effect, np.where(border < 0, n_border, border), n_border,
        border_rater, border_unit, unit_effects, nested, bool(n_effects),
    )  # fmt: skip


def _source(ratings: Ratings) -> tuple[IntArray, int]:
    """The source of each mark; marks without one share a source of their own."""
    if ratings.source is None:
        return np.zeros(len(ratings.mark), dtype=np.intp), 1
    blank = ratings.source < 0
    return np.where(blank, ratings.n_sources, ratings.source), ratings.n_sources + int(blank.any())


def _count_partners(of: IntArray, partner: IntArray, size: int, n_partners: int) -> IntArray:
    pairs = np.unique(of * n_partners + partner)
    return np.bincount(pairs // n_partners, minlength=size)


def _nested_sources(
    source: IntArray, unit: IntArray, rater: IntArray, ratings: Ratings, n_sources: int
) -> BoolArray:
    """Sources most of whose raters stay inside one unit: only there a unit has a leniency of its own."""
    known = unit >= 0
    pairs = np.unique(np.stack([rater[known], unit[known]]), axis=1)
    crosses = np.bincount(pairs[0], minlength=ratings.n_raters) > 1
    crossing = sums_by(source[known], crosses[rater[known]], n_sources)
    return crossing < 0.5 * np.bincount(source[known], minlength=n_sources)


def _separable(ratee: IntArray, unit: IntArray, carries: BoolArray, ratings: Ratings) -> bool:
    """Whether leniency shows apart from merit: some ratee is seen with and without it, or ratees share a unit."""
    if not carries.any():
        return False
    with_unit = np.bincount(ratee[carries], minlength=ratings.n_ratees) > 0
    without = np.bincount(ratee[~carries], minlength=ratings.n_ratees) > 0
    partners = _count_partners(unit[carries], ratee[carries], ratings.n_units, ratings.n_ratees)
    return bool((with_unit & without).any() or (partners > 1).any())


def _unit_effects(unit: IntArray, source: IntArray, carries: BoolArray) -> tuple[IntArray, IntArray]:
    pairs, index = np.unique(np.stack([unit[carries], source[carries]]), axis=1, return_inverse=True)
    effect = np.full(len(unit), -1, dtype=np.intp)
    effect[carries] = index
    return pairs, effect


def _slots(
    effect: IntArray, ratee: IntArray, carries: BoolArray, shared: BoolArray, n_ratees: int
) -> tuple[IntArray, IntArray]:
    """For each cell the place of its unit's effect among its ratee's own; and the effect at each place."""
    own = carries.copy()
    own[carries] = ~shared[effect[carries]]
    pairs, index = np.unique(np.stack([ratee[own], effect[own]]), axis=1, return_inverse=True)
    place = np.arange(pairs.shape[1]) - np.searchsorted(pairs[0], pairs[0])
    slot = np.full(len(ratee), -1, dtype=np.intp)
    slot[own] = place[index]
    table = np.full((n_ratees, int(place.max(initial=-1)) + 1), -1, dtype=np.intp)
    table[pairs[0], place] = pairs[1]
    return slot, table
