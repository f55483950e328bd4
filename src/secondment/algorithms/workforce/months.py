"""Months ahead of a day: 0 is the day itself, m ≥ 1 is the last day of the m-th month after it."""

import datetime as dt

NEVER = 1 << 30
"""The month of what does not happen, or of what is not known to happen."""
MOST_MONTHS = 120


def month_of_day(day: dt.date, on: dt.date) -> int:
    """The first month at whose end `day` has come; 0 when it has come already.

    A half-open term that starts on `starts_on` and ends on `ends_on` holds in the months from the one of `starts_on`
    up to, not including, the one of `ends_on`. What comes later in the month of `on` shows at the end of the next.
    """
    return 0 if day <= on else max(1, _months(day.year, day.month) - _months(on.year, on.month))


def month_of_retirement(month: int, on: dt.date) -> int:
    """The first month at whose end nobody with this statutory month (yyyymm) is there; of those due already 1."""
    return max(1, _months(month // 100, month % 100) - _months(on.year, on.month))


def month_of_age(birth_month: int, years: int, on: dt.date) -> int:
    """The first month in which somebody born in `birth_month` (yyyymm) has completed `years`; 0 when that is past."""
    return max(0, _months(birth_month // 100 + years, birth_month % 100) - _months(on.year, on.month))


def calendar_month(ahead: int, on: dt.date) -> int:
    """The calendar month (yyyymm) that is so many months ahead."""
    years, month = divmod(_months(on.year, on.month) + ahead, 12)
    return years * 100 + month + 1


def _months(year: int, month: int) -> int:
    return year * 12 + month - 1
