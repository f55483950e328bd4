"""Months counted on the calendar."""

import datetime as dt


def month_after(day: dt.date, n_months: int) -> dt.date:
    """The first day of the month `n_months` after (or, negative, before) that of `day`."""
    months = day.year * 12 + day.month - 1 + n_months
    return dt.date(months // 12, months % 12 + 1, 1)
