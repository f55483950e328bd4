"""Cells that have people today and will not: the month in which each becomes empty or falls below its floor."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import IntArray


@dataclass(frozen=True)
class Crossing:
    """A cell falls below its floor: its place, the first such month, people today and then.

    `recovers` is the first later month in which it is at its floor again, None when there is none in sight.
    """

    cell: int
    month: int
    n_today: int
    n_then: int
    floor: int
    recovers: int | None


def crossings(counts: IntArray, floors: Sequence[int]) -> tuple[Crossing, ...]:
    """The first fall of every cell below its floor, soonest first; cells below it today are none.

    Parameters
    ----------
    counts : ndarray of int, shape (n_cells, n_months + 1)
        People by cell and month, today first.
    floors : sequence of int
        Least number of people per cell; 1 asks when it becomes empty.

    Raises
    ------
    ValueError
        When there are not as many floors as cells, or a floor is below 1.
    """
    if len(floors) != len(counts):
        raise ValueError(f"{len(floors)} floors were given for {len(counts)} cells")
    if any(floor < 1 for floor in floors):
        raise ValueError("a floor is at least 1")
    found = [one for cell, floor in enumerate(floors) if (one := _first(cell, counts[cell], floor))]
    return tuple(sorted(found, key=lambda one: (one.month, one.cell)))


def _first(cell: int, counts: IntArray, floor: int) -> Crossing | None:
    below = np.flatnonzero(counts < floor)
    if not below.size or below[0] == 0:
        return None
    month = int(below[0])
    again = np.flatnonzero(counts[month:] >= floor)
    return Crossing(
        cell, month, int(counts[0]), int(counts[month]), floor, month + int(again[0]) if again.size else None
    )
