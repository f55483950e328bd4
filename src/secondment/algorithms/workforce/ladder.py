"""Who stands on which step of a unit, who is next in line, and where fewer are left than will be needed.

Facts side by side. Nobody's potential is scored or ranked: the order is that of rank, then of months in the rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.workforce.months import NEVER


@dataclass(frozen=True)
class Step:
    """One rank of one unit: who holds it, who is next in line, and the month from which the line is too short.

    `holders` are ordered by the month in which they go, `next_in_line` (the nearest rank below that somebody holds)
    by months in the rank, longest first, those not known last. `thins` is the first month by which more holders have
    gone than people next in line are left; None when that is not in sight.
    """

    rank: int
    holders: tuple[int, ...]
    next_in_line: tuple[int, ...]
    thins: int | None


def ladder(
    rank: IntArray, gone: IntArray, since: IntArray, *, n_months: int, leading: Sequence[int]
) -> tuple[Step, ...]:
    """The steps of one unit, highest first.

    Parameters
    ----------
    rank : ndarray of int, shape (n,)
        Index of the rank, 0 the highest; -1 not known. Ranks that are not `leading` are looked at as next in line only.
    gone : ndarray of int, shape (n,)
        First month in which each has retired.
    since : ndarray of int, shape (n,)
        Months in the rank; -1 not known.
    """
    held = sorted({int(one) for one in rank if one >= 0})
    return tuple(
        _step(one, next((lower for lower in held if lower > one), None), rank, gone, since, n_months)
        for one in held
        if one in leading
    )


def _step(
    step: int, below: int | None, rank: IntArray, gone: IntArray, since: IntArray, n_months: int
) -> Step:
    holders = np.flatnonzero(rank == step)
    line = np.flatnonzero(rank == below) if below is not None else np.array([], dtype=np.intp)
    return Step(
        step,
        tuple(sorted(holders.tolist(), key=lambda one: (int(gone[one]), one))),
        tuple(sorted(line.tolist(), key=lambda one: (since[one] < 0, -int(since[one]), one))),
        _thins(gone[holders], gone[line], n_months),
    )


def _thins(holders: IntArray, line: IntArray, n_months: int) -> int | None:
    """The first month in which more holders have gone than people in line are left."""
    for month in sorted({int(one) for one in (*holders, *line) if one < NEVER and one <= n_months}):
        n_gone, n_left = int((holders <= month).sum()), int((line > month).sum())
        if n_gone > n_left:
            return month
    return None
