"""Working days around the holidays and working weekends (调休) of 2026, and in years not yet announced."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.common.workdays import is_announced, is_workday, span_of_workdays, workdays_between


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2026-09-20", True),  # Sunday worked for National Day
        ("2026-09-25", False),  # Mid-autumn, a Friday
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # Saturday worked for National Day
        ("2026-10-11", False),
        ("2026-11-23", True),
    ],
)
def test_day_follows_the_announced_calendar(day: str, is_worked: bool) -> None:
    assert is_workday(dt.date.fromisoformat(day)) is is_worked


@pytest.mark.parametrize(
    ("first", "n", "last"),
    [
        ("2026-09-28", 5, "2026-10-09"),  # 28 29 30 | 8 9
        ("2026-09-24", 5, "2026-10-08"),  # 24 | 28 29 30 | 8
        ("2026-10-01", 5, "2026-10-13"),  # 8 9 10 (Saturday) 12 13
        ("2026-09-18", 3, "2026-09-21"),  # Friday, working Sunday, Monday
        ("2026-11-23", 5, "2026-11-27"),
        ("2026-11-28", 1, "2026-11-30"),
    ],
)
def test_span_ends_on_the_last_working_day_counted(first: str, n: int, last: str) -> None:
    span = span_of_workdays(dt.date.fromisoformat(first), n)
    assert span.last_day == dt.date.fromisoformat(last)
    assert span.is_certain


def test_span_into_a_year_not_announced_says_so() -> None:
    span = span_of_workdays(dt.date(2026, 12, 30), 5)
    assert span.last_day == dt.date(2027, 1, 5)  # weekends only: New Year's Day counts as worked
    assert not span.is_certain
    assert not is_announced(2027)
    assert is_workday(dt.date(2027, 10, 1))
    assert not is_workday(dt.date(2027, 10, 2))


def test_span_of_no_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        span_of_workdays(dt.date(2026, 11, 23), 0)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 1)), st.integers(1, 25))
def test_span_holds_exactly_the_days_asked_for(first: dt.date, n: int) -> None:
    span = span_of_workdays(first, n)
    assert workdays_between(first, span.last_day) == n
    assert workdays_between(first, span.last_day - dt.timedelta(days=1)) == n - 1
    assert is_workday(span.last_day)
