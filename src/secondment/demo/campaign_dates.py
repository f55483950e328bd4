"""Dates of the demo, counted from the day it is loaded so that it never grows old."""

import datetime as dt
from dataclasses import dataclass

from secondment.demo.months import month_after


@dataclass(frozen=True)
class Dates:
    """A nomination window and a half-open term."""

    nominations_from: dt.date
    nominations_until: dt.date
    starts_on: dt.date
    ends_on: dt.date


def upcoming(as_of: dt.date, *, months: int, is_open: bool) -> Dates:
    """A term that begins in the third month from now; the window is still open or closed a week ago."""
    starts_on = month_after(as_of, 3)
    until = as_of + dt.timedelta(days=20 if is_open else -7)
    return Dates(until - dt.timedelta(days=40), until, starts_on, month_after(starts_on, months))


def running(as_of: dt.date, *, months_ago: int, months: int) -> Dates:
    """A term that began some months ago."""
    starts_on = month_after(as_of, -months_ago)
    until = month_after(starts_on, -1)
    return Dates(month_after(starts_on, -3), until, starts_on, month_after(starts_on, months))


SHIFANG_2008 = Dates(dt.date(2008, 5, 20), dt.date(2008, 5, 28), dt.date(2008, 6, 1), dt.date(2010, 6, 1))
