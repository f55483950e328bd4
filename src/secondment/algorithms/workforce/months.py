"""Months ahead of a day: 0 is the day itself, m ≥ 1 is the last day of the m-th month from the month of the day on."""

import datetime as dt

NEVER = 1 << 30
"""The month of what does not happen, or of what is not known to happen."""
MOST_MONTHS = 121
"""The end of the same month ten years later."""


def month_of_day(day: dt.date, on: dt.date) -> int:
    """The first month at whose end `day` has come; 0 when it has come already.

    A half-open term that starts on `starts_on` and ends on `ends_on` holds in the months from the one of `starts_on`
    up to, not including, the one of `ends_on`.
    """
    return 0 if day <= on else 1 + _months(day.year, day.month) - _months(on.year, on.month)


def month_of_retirement(month: int, on: dt.date) -> int:
    """The first month at whose end nobody with this statutory month (yyyymm) is there; of those due already 1."""
    return max(1, 1 + _months(month // 100, month % 100) - _months(on.year, on.month))


def month_of_age(birth_month: int, years: int, on: dt.date) -> int:
    """The first month in which somebody born in `birth_month` (yyyymm) has completed `years`; 0 when that is past."""
    ahead = _months(birth_month // 100 + years, birth_month % 100) - _months(on.year, on.month)
    return 0 if ahead <= 0 else 1 + ahead


def calendar_month(ahead: int, on: dt.date) -> int:
    """The calendar month (yyyymm) whose end is so many months ahead; of the day itself its own."""
    years, month = divmod(_months(on.year, on.month) + max(0, ahead - 1), 12)
    return years * 100 + month + 1


def _months(year: int, month: int) -> int:
    return year * 12 + month - 1
