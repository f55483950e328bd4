"""The ratings of one campaign as arrays."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray

# Keys spread over up to this many times their number are counted rather than sorted.
ROOM = 8


class RatingError(ValueError):
    """The ratings do not support the requested model; the message states why."""


def sums_by(index: IndexArray, values: FloatArray | IndexArray | BoolArray, size: int) -> FloatArray:
    """Sums of `values` per index value 0…size-1."""
    return np.asarray(np.bincount(index, values, minlength=size), dtype=np.float64)


def distinct(keys: IndexArray, space: int) -> tuple[IndexArray, IndexArray, IndexArray]:
    """The distinct keys in order, the place of each key among them and how often each occurs.

    Keys are whole numbers from 0 and less than `space`; unless they are thinly spread they are counted, not sorted.
    """
    if space > ROOM * len(keys):
        values, place, count = np.unique(keys, return_inverse=True, return_counts=True)
        return values, place, count
    counts = np.bincount(keys, minlength=space)
    values = np.flatnonzero(counts)
    return values, (np.cumsum(counts > 0) - 1)[keys], counts[values]


@dataclass(frozen=True)
class Ratings:
    """Marks given by raters to ratees on criteria; all arrays have one entry per mark.

    `source` is the kind of rater that gave the mark (host, home unit, inspector), `unit` whose rater it was;
    -1 means none. Marks are any finite numbers, higher is better.
    """

    ratee: IndexArray
    rater: IndexArray
    criterion: IndexArray
    mark: FloatArray
    n_ratees: int
    n_raters: int
    n_criteria: int
    source: IndexArray | None = None
    unit: IndexArray | None = None
    n_sources: int = 0
    n_units: int = 0

    def __post_init__(self) -> None:
        if not len(self.mark):
            raise RatingError("there are no ratings")
        for name, column, size in self._columns():
            _check_column(name, column, size, len(self.mark))
        if not np.isfinite(self.mark).all():
            raise RatingError("every mark must be a finite number")

    def _columns(self) -> list[tuple[str, IndexArray, int]]:
        columns = [
            ("ratee", self.ratee, self.n_ratees),
            ("rater", self.rater, self.n_raters),
            ("criterion", self.criterion, self.n_criteria),
        ]
        if self.source is not None:
            columns.append(("source", self.source, self.n_sources))
        if self.unit is not None:
            columns.append(("unit", self.unit, self.n_units))
        return columns


def _check_column(name: str, column: IndexArray, size: int, n_marks: int) -> None:
    if len(column) != n_marks:
        raise RatingError(f"{name} has {len(column)} entries for {n_marks} marks")
    lowest = -1 if name in {"source", "unit"} else 0
    if column.min() < lowest or column.max() >= size:
        raise RatingError(f"{name} indices must lie in {lowest}…{size - 1}")
    if not np.bincount(column[column >= 0], minlength=size).all():
        raise RatingError(f"every {name} must have at least one mark")
