"""A cross as tables of links: each cell leads to its people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.dimensions import (
    NO_HISTORY,
    NOT_STATED,
    UNRECOGNISED,
    ColumnKind,
    Dimension,
)
from secondment.workforce.counting import Cell, joined
from secondment.workforce.scopes import Scope
from secondment.workforce.words import name_of


@dataclass(frozen=True)
class CrossCell:
    """A number of a cross: its column, people here, and with a reference there."""

    head: str
    n: int
    url: str
    n_there: int | None = None

    @property
    def change(self) -> str:
        """How many more or fewer there are here, with its sign; empty where nothing is compared."""
        return "" if self.n_there is None else f"{self.n - self.n_there:+d}"


@dataclass(frozen=True)
class CrossBlock:
    """A table of two dimensions; of three, one for each class of the third.

    Totals are given where nobody is counted twice on the way.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[CrossCell], int | None]]
    has_row_totals: bool
    totals: Sequence[int] = ()
    total: int | None = None


def cross_blocks(scope: Scope, keys: Sequence[str], reference: Scope | None) -> list[CrossBlock]:
    """The cross of two or three dimensions as tables of links; empty rows and columns are left out."""
    table = scope.counted.crossed(keys)
    other = _aligned(reference.counted.crossed(keys), table) if reference else None
    layers: list[int | None] = [None] if len(keys) == 2 else list(range(table.counts.shape[2]))
    blocks = (_block(scope, table, other, layer) for layer in layers)
    return [block for block in blocks if block is not None]


def _aligned(cross: CrossTable, like: CrossTable) -> IntArray:
    """The counts of a cross in the places of another, whose classes may be more or fewer."""
    counts = np.zeros(like.counts.shape, dtype=np.int64)
    axes = [[bucket.key for bucket in one.buckets] for one in like.dimensions]
    for place in np.argwhere(cross.counts):
        keys = (_key(one, int(at)) for one, at in zip(cross.dimensions, place, strict=True))
        target = tuple(axis.index(key) if key in axis else -1 for axis, key in zip(axes, keys, strict=True))
        counts[target] += cross.counts[tuple(place)]
    return counts


def _block(scope: Scope, table: CrossTable, other: IntArray | None, layer: int | None) -> CrossBlock | None:
    pick = (slice(None), slice(None), *(() if layer is None else (layer,)))
    here, there = table.counts[pick], None if other is None else other[pick]
    seen = here if there is None else here + there
    if not seen.any():
        return None
    down, across = table.dimensions[:2]
    rows, columns = ([int(at) for at in np.flatnonzero(seen.sum(axis=axis))] for axis in (1, 0))
    fixed = [] if layer is None else [Cell(table.dimensions[2].key, _key(table.dimensions[2], layer))]

    def cell(row: int, column: int) -> CrossCell:
        n = int(here[row, column])
        cells = [Cell(down.key, _key(down, row)), Cell(across.key, _key(across, column)), *fixed]
        url = scope.url("people", cells=joined(cells)) if n else ""
        return CrossCell(_label(across, column), n, url, None if there is None else int(there[row, column]))

    has_row_totals, has_totals = (one.kind is not ColumnKind.TAGS for one in (across, down))
    return CrossBlock(
        "" if layer is None else _label(table.dimensions[2], layer),
        [_label(across, at) for at in columns],
        [
            (
                _label(down, at),
                [cell(at, column) for column in columns],
                int(here[at].sum()) if has_row_totals else None,
            )
            for at in rows
        ],
        has_row_totals,
        [int(here[:, at].sum()) for at in columns] if has_totals else (),
        int(here.sum()) if has_totals and has_row_totals else None,
    )


def _key(dimension: Dimension, at: int) -> str:
    return dimension.buckets[at].key if at < len(dimension.buckets) else NOT_STATED


def _label(dimension: Dimension, at: int) -> str:
    return name_of(dimension.buckets[at]) if at < len(dimension.buckets) else _("未填")


def cell_words(scope: Scope, cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """Dimension and class of each cell, as the heading of the list behind a number."""
    words = []
    for cell in cells:
        dimension = scope.counted.measure(cell.dimension).dimension
        labels = {bucket.key: name_of(bucket) for bucket in dimension.buckets}
        labels |= {NOT_STATED: _("未填"), UNRECOGNISED: _("无法识别"), NO_HISTORY: _("无历史记录")}
        words.append((name_of(dimension), labels[cell.bucket]))
    return words
