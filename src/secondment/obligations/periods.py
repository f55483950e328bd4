"""Periods of a cycle: whole months, aligned with the calendar, so that everyone's quarter is the same quarter."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondment.common.days import ONE_DAY
from secondment.common.sentences import Sentence, say

YEAR, QUARTER = 12, 3


@dataclass(frozen=True, order=True)
class Period:
    """Half-open: `ends_on` is the first day of the next one."""

    starts_on: dt.date
    ends_on: dt.date

    @property
    def last_day(self) -> dt.date:
        """The last day that belongs to it."""
        return self.ends_on - ONE_DAY

    @property
    def label(self) -> Sentence:
        """A month, a quarter, a year, or the first and last month."""
        first, last = self.starts_on, self.last_day
        n_months = _months(self.ends_on) - _months(first)
        if n_months == 1:
            return say("%(year)s年%(month)s月", year=f"{first.year}", month=f"{first.month}")
        if n_months == QUARTER and first.month % QUARTER == 1:
            return say(
                "%(year)s年第%(quarter)s季度", year=f"{first.year}", quarter=f"{last.month // QUARTER}"
            )
        if n_months == YEAR and first.month == 1:
            return say("%(year)s年", year=f"{first.year}")
        return say("%(first)s至%(last)s", first=f"{first:%Y-%m}", last=f"{last:%Y-%m}")

    def shares_a_day_with(self, starts_on: dt.date, ends_on: dt.date) -> bool:
        """Whether a day belongs to both."""
        return self.starts_on < ends_on and starts_on < self.ends_on

    def days_within(self, starts_on: dt.date, ends_on: dt.date) -> int:
        """How many days belong to both."""
        return max(0, (min(self.ends_on, ends_on) - max(self.starts_on, starts_on)).days)


def period_of(day: dt.date, months: int) -> Period:
    """The period of so many months that contains the day."""
    first = _months(day) // months * months
    return Period(_first_of(first), _first_of(first + months))


def period_ending(ends_on: dt.date, months: int) -> Period | None:
    """The period that ends before this day; None where no period of so many months does."""
    found = period_of(ends_on - ONE_DAY, months)
    return found if found.ends_on == ends_on else None


def last_over(on: dt.date, months: int) -> Period:
    """The period that was the last to be over on this day."""
    return period_of(period_of(on, months).starts_on - ONE_DAY, months)


def periods_between(starts_on: dt.date, ends_on: dt.date, months: int) -> Iterator[Period]:
    """Every period that shares a day with this half-open term, the first first."""
    while starts_on < ends_on:
        found = period_of(starts_on, months)
        yield found
        starts_on = found.ends_on


def after_asked(period: Period, asked: Iterable[Period]) -> Period | None:
    """What of a period nobody has asked for: it begins where another one ended, and is nothing within another one.

    So a programme that asks more or less often from now on leaves what was asked as it was.
    """
    others = list(asked)
    starts_on = max([period.starts_on, *(one.ends_on for one in others if one.ends_on < period.ends_on)])
    if any(one.starts_on <= starts_on and period.ends_on <= one.ends_on for one in others):
        return None
    return Period(starts_on, period.ends_on)


def due_after(period: Period, day: int) -> dt.date:
    """The day of this number in the month that follows the period."""
    return period.ends_on.replace(day=day)


def _months(day: dt.date) -> int:
    return day.year * YEAR + day.month - 1


def _first_of(months: int) -> dt.date:
    return dt.date(months // YEAR, months % YEAR + 1, 1)
