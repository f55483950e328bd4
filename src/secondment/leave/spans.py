"""Half-days: a span begins and ends with a morning or an afternoon, and ends before `ends`; pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from secondment.common.days import ONE_DAY
from secondment.common.workdays import is_announced, is_workday

HALF_DAYS = 2  # in a day


@dataclass(frozen=True, order=True)
class HalfDay:
    """The beginning of a morning or of an afternoon."""

    day: dt.date
    is_pm: bool = False

    def after(self, half_days: int) -> "HalfDay":
        """So many half-days later."""
        days, half = divmod(self.day.toordinal() * HALF_DAYS + self.is_pm + half_days, HALF_DAYS)
        return HalfDay(dt.date.fromordinal(days), bool(half))

    def since(self, other: "HalfDay") -> int:
        """How many half-days it is after the other."""
        return (self.day - other.day).days * HALF_DAYS + self.is_pm - other.is_pm


@dataclass(frozen=True)
class Span:
    """Half-days from `starts` on, without the one that begins at `ends`."""

    starts: HalfDay
    ends: HalfDay

    @classmethod
    def of_days(cls, first: dt.date, ends_on: dt.date) -> Self:
        """Whole days; `ends_on` is the first day that does not belong."""
        return cls(HalfDay(first), HalfDay(ends_on))

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return self.ends <= self.starts

    @property
    def last(self) -> HalfDay:
        """The last half-day that belongs to it."""
        return self.ends.after(-1)

    @property
    def n_half_days(self) -> int:
        """Half-days by the calendar."""
        return max(0, self.ends.since(self.starts))

    @property
    def n_working(self) -> int:
        """Half-days of working days: weekends and holidays are no leave."""
        return sum(_halves(self, day) for day in self.days() if is_workday(day))

    @property
    def is_certain(self) -> bool:
        """Whether the holidays of every year in it are announced."""
        return all(is_announced(year) for year in range(self.starts.day.year, self.last.day.year + 1))

    def days(self) -> Iterator[dt.date]:
        """Every day of which a half belongs to it."""
        day = self.starts.day
        while HalfDay(day) < self.ends:
            yield day
            day += ONE_DAY

    def shared(self, other: "Span") -> "Span":
        """What belongs to both; may be empty."""
        return Span(max(self.starts, other.starts), min(self.ends, other.ends))

    def overlaps(self, other: "Span") -> bool:
        """Whether a half-day belongs to both."""
        return not self.shared(other).is_empty

    def is_within(self, other: "Span") -> bool:
        """Whether all of it belongs to the other."""
        return other.starts <= self.starts and self.ends <= other.ends

    def by_month(self) -> Iterator["Span"]:
        """Its parts, cut where a month begins."""
        start = self.starts
        while start < self.ends:
            month_ends = HalfDay(first_of_next_month(start.day))
            yield Span(start, min(month_ends, self.ends))
            start = month_ends


def _halves(span: Span, day: dt.date) -> int:
    return span.shared(Span.of_days(day, day + ONE_DAY)).n_half_days


def next_working(moment: HalfDay) -> HalfDay:
    """The first half-day of work at or after this one."""
    if is_workday(moment.day):
        return moment
    day = moment.day
    while not is_workday(day):
        day += ONE_DAY
    return HalfDay(day)


def first_of_next_month(day: dt.date) -> dt.date:
    """The first day of the month after that of the day."""
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def joined(spans: list[Span]) -> list[Span]:
    """The same half-days in the fewest spans, the first first."""
    found: list[Span] = []
    for one in sorted((one for one in spans if not one.is_empty), key=lambda one: (one.starts, one.ends)):
        if found and one.starts <= found[-1].ends:
            found[-1] = Span(found[-1].starts, max(found[-1].ends, one.ends))
        else:
            found.append(one)
    return found
