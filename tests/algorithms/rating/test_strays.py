"""Marks far from all others, on small sets whose answer is plain."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.algorithms.rating.strays import stray_marks

FOUR = [1.0, 2.0, 3.0, 4.0] * 30


def found(marks: list[float]) -> list[tuple[list[float], tuple[float, float], bool]]:
    return [
        ([marks[row] for row in stray.rows], stray.gap, stray.are_slips)
        for stray in stray_marks(np.array(marks))
    ]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (FOUR, []),
        ([*FOUR, 5.0], []),
        ([*FOUR, 44.0], [([44.0], (4.0, 44.0), True)]),
        ([*FOUR, -1e300, 1e300], [([-1e300], (-1e300, 1.0), True), ([1e300], (4.0, 1e300), True)]),
        ([*FOUR, *FOUR, 44.0, 33.0], [([44.0, 33.0], (4.0, 33.0), True)]),
        # More than a hundredth of the marks, or a mark used twice: told, not refused.
        ([*FOUR, 44.0, 44.0], [([44.0, 44.0], (4.0, 44.0), False)]),
        ([*FOUR[:40], 44.0, 33.0], [([44.0, 33.0], (4.0, 33.0), False)]),
        # An unused category or two is nothing to speak of; the gap is wide from the third.
        ([1.0, 1.0, 2.0, 2.0, 4.0], []),
        ([1.0, 1.0, 2.0, 2.0, 5.0], [([5.0], (2.0, 5.0), False)]),
        ([1.0, 1.0, 2.0, 2.0, 6.0], [([6.0], (2.0, 6.0), True)]),
        # Wider than half the span, as wide as the span, wider than the span.
        ([*range(80, 91), 75.0], []),
        ([*range(80, 91), 74.0], [([74.0], (74.0, 80.0), False)]),
        ([*range(80, 91), 70.0], [([70.0], (70.0, 80.0), False)]),
        ([*range(80, 91), 69.0], [([69.0], (69.0, 80.0), True)]),
        # Nothing can be said of one or two different marks, nor of one mark and another.
        ([4.0, 4.0], []),
        ([4.0, 44.0], []),
        ([1.0, 4.0, 44.0], [([44.0], (4.0, 44.0), True)]),
        ([1.0, 41.0, 41.0, 44.0, 44.0], [([1.0], (1.0, 41.0), True)]),
        # One mark alone below, two kinds above, many below: the fewer stand apart.
        ([1.0] * 9 + [44.0, 45.0], []),
        # Two camps of half the marks each: told.
        ([1.0, 2.0, 3.0] * 4 + [91.0, 92.0, 93.0] * 4, [([91.0, 92.0, 93.0] * 4, (3.0, 91.0), False)]),
    ],
)
def test_marks_beyond_a_wide_gap(
    marks: list[float], expected: list[tuple[list[float], tuple[float, float], bool]]
) -> None:
    assert found(marks) == expected


def test_the_widest_float_gap_is_no_overflow() -> None:
    top = float(np.finfo(np.float64).max)
    assert [stray.are_slips for stray in stray_marks(np.array([-top, 1.0, 1.0, 2.0, 2.0, top]))] == [
        True,
        True,
    ]


@given(st.lists(st.integers(0, 100), min_size=3, max_size=40), st.floats(0.01, 50), st.floats(-1e3, 1e3))
def test_the_unit_and_the_origin_of_marks_do_not_matter(marks: list[int], unit: float, origin: float) -> None:
    plain = stray_marks(np.array(marks, dtype=np.float64))
    moved = stray_marks(np.round(np.array(marks) * 64.0 * np.round(unit + 0.5) + np.round(origin)))
    assert [(one.rows.tolist(), one.are_slips) for one in plain] == [
        (one.rows.tolist(), one.are_slips) for one in moved
    ]
