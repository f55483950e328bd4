"""Marks far from all others: typing errors such as 44 for 4, which a model would take for a category."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray

# A gap of up to this many times the smallest step between other marks is a category that happens to be unused.
MOST_UNUSED = 3
# More than this share of all marks are not typing errors, however far away they are.
MOST_SLIPS = 0.01
LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True, eq=False)
class Strays:
    """`rows` of marks, ascending, beyond a `gap` that no mark fills; `are_slips` when each of them is used once only."""

    rows: IndexArray
    gap: tuple[float, float]
    are_slips: bool


def stray_marks(mark: FloatArray) -> list[Strays]:
    """Groups of marks beyond a gap that is wide compared with everything else, the farthest first.

    A group is of slips when each of its marks is used once, it holds one mark or at most a hundredth of all, and the
    gap is wider than the span of all other marks and than three of their steps; marks used once do not widen that span
    where two others are used more often. It is worth a note when the gap is wider than half that span and than two
    steps. Slips are set aside before the rest is looked at.

    Parameters
    ----------
    mark : float array (n_marks,), finite.
    """
    found: list[Strays] = []
    left = np.ones(len(mark), dtype=np.bool_)
    while (one := _widest(mark, left)) is not None:
        found.append(one)
        left[one.rows] = False
        if not one.are_slips:
            break
    return found


def _core(values: FloatArray, counts: IndexArray) -> FloatArray:
    """The marks in common use: those used more than once, if that leaves two."""
    often = values[counts > 1]
    return often if len(often) >= 2 else values


def _widest(mark: FloatArray, left: BoolArray) -> Strays | None:
    """The group beyond the widest gap, if that is wide enough to matter."""
    values, counts = np.unique(mark[left], return_counts=True)
    if len(values) < 3:
        return None
    with np.errstate(over="ignore"):
        gaps = np.minimum(np.diff(values), LARGEST)
    at = int(np.argmax(gaps))
    is_above = counts[at + 1 :].sum() <= counts[: at + 1].sum()
    beyond, rest = (slice(at + 1, None), slice(at + 1)) if is_above else (slice(at + 1), slice(at + 1, None))
    if len(values[rest]) < 2:
        return None
    core = _core(values[rest], counts[rest])
    span, step = float(np.ptp(core)), float(np.diff(core).min())
    gap, n_beyond = float(gaps[at]), int(counts[beyond].sum())
    if gap <= span / 2 or gap / step <= MOST_UNUSED - 1:
        return None
    are_slips = (
        gap > span
        and gap / step > MOST_UNUSED
        and int(counts[beyond].max()) == 1
        and n_beyond <= max(1, MOST_SLIPS * int(left.sum()))
    )
    outside = mark >= values[at + 1] if is_above else mark <= values[at]
    return Strays(np.flatnonzero(left & outside), (float(values[at]), float(values[at + 1])), are_slips)
