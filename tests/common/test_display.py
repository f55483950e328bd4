"""How values read."""

import datetime as dt
from decimal import Decimal

import pytest

from secondment.common.display import display

NAIVE = dt.datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001 -- a local time without zone is what the test is about


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        ("", "—"),
        (0, "0"),
        (True, "是"),
        (False, "否"),
        (dt.date(2026, 3, 1), "2026-03-01"),
        (dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC), "2026-03-02 07:30"),
        (NAIVE, "2026-03-01 09:00"),
        (91.0, "91"),
        (0.125, "0.12"),
        (100.0, "100"),
        ("赵示例", "赵示例"),
    ],
)
def test_display_reads_like_a_page(value: object, text: str) -> None:
    assert display(value) == text


@pytest.mark.parametrize("value", [91, 91.0, Decimal(91)])
def test_display_keeps_asked_decimals(value: object) -> None:
    assert display(value, 1) == "91.0"
    assert display(None, 1) == "—"
