"""Rhythms of duties: which calls a term brings, and by which day; plain days in and out, no database.

A rhythm is asked again every day with what is known already, and names only what nobody has asked for. What it is given
of a programme is read from the subject, so that every placement follows its own version.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from secondment.common.days import ONE_DAY, add_months
from secondment.obligations.periods import Period, after_asked, due_after, period_ending, periods_between

Figure = Callable[[Any], int]
"""A figure of the programme that the subject follows."""
READY_DAYS = 14
HALF = 2


@dataclass(frozen=True)
class Call:
    """What is owed for a period, by when, and from which day on it stands in a to-do list."""

    period: Period
    due_on: dt.date
    opens_on: dt.date


@dataclass(frozen=True)
class Known:
    """What is known about one duty of one subject: its term, periods asked for, days of its records, and today.

    `excused` are those of the periods asked for that nobody owes any more.
    """

    subject: Any
    term: Period
    asked: Sequence[Period]
    records: Sequence[dt.date]
    since: dt.date
    on: dt.date
    excused: Sequence[Period] = ()


class Rhythm(Protocol):
    """When something falls due."""

    @property
    def is_shared(self) -> bool:
        """Whether the periods are those of the calendar, so that one page hands in for everybody."""
        ...

    def calls(self, known: Known) -> Iterator[Call]:
        """What nobody has asked for."""
        ...

    def holds(self, period: Period, term: Period) -> bool:
        """Whether what was asked for a period is still owed in this term."""
        ...

    def is_met(self, period: Period, day: dt.date) -> bool:
        """Whether a record of this day meets it."""
        ...


@dataclass(frozen=True)
class AfterEach:
    """After every so many months, by a day of the month that follows: a report on what has been."""

    months: Figure
    day: Figure
    is_shared: bool = field(default=True, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """Periods within the term that are over, at least for this term."""
        first, until = max(known.term.starts_on, known.since), min(known.term.ends_on, known.on)
        for whole in periods_between(first, until, self.months(known.subject)):
            period = after_asked(whole, known.asked)
            if period is not None and known.on >= min(period.ends_on, known.term.ends_on):
                yield Call(period, self.due_on(known.subject, period), known.on)

    def due_on(self, subject: Any, period: Period) -> dt.date:
        """By when a period of the subject is reported on."""
        return due_after(period, self.day(subject))

    def period_of(self, subject: Any, ends_on: dt.date) -> Period | None:
        """The period of the subject's programme that ends so."""
        return period_ending(ends_on, self.months(subject))

    def holds(self, period: Period, term: Period) -> bool:
        """As long as a day of the period belongs to the term."""
        return period.shares_a_day_with(term.starts_on, term.ends_on)

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By a record that was made for the period or later."""
        return period.ends_on <= day


@dataclass(frozen=True)
class WithinEach:
    """Once within every so many months of the calendar, by the last day: a visit, a talk.

    A period of which less than half belongs to the term asks for nothing.
    """

    months: Figure
    ready_days: int = READY_DAYS
    is_shared: bool = field(default=True, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """Every period that has begun."""
        first, until = max(known.term.starts_on, known.since), min(known.term.ends_on, known.on + ONE_DAY)
        for whole in periods_between(first, until, self.months(known.subject)):
            period = after_asked(whole, known.asked)
            if period is not None and self.holds(period, known.term):
                last = min(period.ends_on, known.term.ends_on) - ONE_DAY
                opens_on = max(period.starts_on, last - dt.timedelta(days=self.ready_days))
                yield Call(period, last, opens_on)

    def holds(self, period: Period, term: Period) -> bool:
        """As long as half of the period belongs to the term."""
        n_days = (period.ends_on - period.starts_on).days
        return HALF * period.days_within(term.starts_on, term.ends_on) >= n_days

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By a record within the period; later ones meet it late."""
        return period.starts_on <= day


@dataclass(frozen=True)
class SinceLast:
    """At most so many days after the last record of a kind, the first time after the term began: a contact."""

    days: Figure
    ready_days: int = READY_DAYS
    is_shared: bool = field(default=False, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """A call from each record on, and from the day of what was excused; the next record meets it."""
        days = dt.timedelta(days=self.days(known.subject))
        within = {one for one in known.records if known.term.starts_on < one <= known.on}
        begun = {one.starts_on for one in known.asked}
        excused = {one.ends_on for one in known.excused if one.ends_on <= known.on}
        for start in sorted({known.term.starts_on, *within, *excused} - begun):
            period = Period(start, start + days)
            if start <= known.on and self.holds(period, known.term):
                yield Call(period, period.ends_on, period.ends_on - dt.timedelta(days=self.ready_days))

    def holds(self, period: Period, term: Period) -> bool:
        """As long as the day falls into the term."""
        return term.starts_on <= period.starts_on and period.ends_on < term.ends_on

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By the next record."""
        return period.starts_on < day


class Lasting(dt.date):
    """The day of a record that holds for a stretch of time, such as an insurance; `until` is the first day after it."""

    until: dt.date

    @classmethod
    def made(cls, day: dt.date, until: dt.date) -> "Lasting":
        """A record of this day that holds until then."""
        one = cls(day.year, day.month, day.day)
        one.until = until
        return one


@dataclass(frozen=True)
class BeforeLapse:
    """Renewed by the last day of what is on record (`Lasting`); it stands in lists for so many days before.

    Where there is nothing, or it was seen only after that day, `ready_days` after it is seen.
    """

    days: Figure
    ready_days: int = READY_DAYS
    is_shared: bool = field(default=False, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """For the first day that nothing on record holds for."""
        until = (one.until for one in known.records if isinstance(one, Lasting))
        lapse = max([known.term.starts_on, *until])
        period = Period(lapse, lapse + ONE_DAY)
        if self.holds(period, known.term) and period not in known.asked:
            yield _renewal(period, lapse - ONE_DAY, self.days(known.subject), self.ready_days, known.on)

    def holds(self, period: Period, term: Period) -> bool:
        """As long as the day falls into the term."""
        return term.starts_on <= period.starts_on < term.ends_on

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By a record that holds for longer."""
        return isinstance(day, Lasting) and day.until > period.starts_on


@dataclass(frozen=True)
class MonthsSinceLast:
    """At most so many months after the last record, be that before the term; it stands in lists for `opens_days` before.

    Where there is none that still holds when the term begins, or it was seen only after that day, `ready_days` after it
    is seen.
    """

    months: Figure
    opens_days: int = 30
    ready_days: int = READY_DAYS
    is_shared: bool = field(default=False, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """From the last record on; the next one meets it."""
        months, starts_on = self.months(known.subject), known.term.starts_on
        oldest = add_months(starts_on, -months)
        last = max([oldest, *known.records])
        period = Period(last, add_months(last, months)) if last > oldest else Period(oldest, starts_on)
        if self.holds(period, known.term) and period not in known.asked:
            yield _renewal(period, period.ends_on, self.opens_days, self.ready_days, known.on)

    def holds(self, period: Period, term: Period) -> bool:
        """As long as the day falls into the term."""
        return term.starts_on <= period.ends_on < term.ends_on

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By the next record."""
        return period.starts_on < day


def _renewal(period: Period, last_day: dt.date, days: int, ready_days: int, on: dt.date) -> Call:
    """What has to be renewed by its last day; what has run out without anybody being asked is due soon."""
    if last_day < on:
        return Call(period, on + dt.timedelta(days=ready_days), on)
    return Call(period, last_day, last_day - dt.timedelta(days=days))


@dataclass(frozen=True)
class AfterStart:
    """Once, so many days after the term began: the division of work, the talk on arrival."""

    days: Figure
    is_shared: bool = field(default=False, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """Once the term has begun."""
        starts_on = known.term.starts_on
        if starts_on <= known.on and not known.asked:
            due_on = starts_on + dt.timedelta(days=self.days(known.subject))
            yield Call(Period(starts_on, due_on), due_on, starts_on)

    def holds(self, period: Period, term: Period) -> bool:
        """As long as the term begins on the same day."""
        return period.starts_on == term.starts_on

    def is_met(self, period: Period, day: dt.date) -> bool:  # noqa: ARG002 -- of a rhythm
        """By any record: what was done before arrival is done."""
        return True


@dataclass(frozen=True)
class BeforeEnd:
    """Once, so many days before the term ends; it stands in lists from `opens_days` before the end on."""

    days: Figure
    opens_days: Figure
    early_days: int = 0
    is_shared: bool = field(default=False, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """For this end, once its time has come; an extended term asks again before its new end."""
        ends_on = known.term.ends_on
        due_on = ends_on - dt.timedelta(days=self.days(known.subject))
        opens_on = min(due_on, ends_on - dt.timedelta(days=self.opens_days(known.subject)))
        opens_on = max(opens_on, known.term.starts_on)
        is_asked = any(one.ends_on == ends_on for one in known.asked)
        if opens_on <= known.on and opens_on < ends_on and not is_asked:
            yield Call(Period(opens_on, ends_on), max(due_on, opens_on), opens_on)

    def holds(self, period: Period, term: Period) -> bool:
        """As long as the term ends on the same day."""
        return period.ends_on == term.ends_on

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By a record since its time has come, or so many days earlier."""
        return period.starts_on - dt.timedelta(days=self.early_days) <= day


@dataclass(frozen=True)
class AfterEnd:
    """Once, so many days after the term ended: the appraisal report."""

    days: Figure
    is_shared: bool = field(default=False, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """Once the last day is over."""
        ends_on = known.term.ends_on
        if ends_on <= known.on and not any(one.starts_on == ends_on for one in known.asked):
            due_on = ends_on + dt.timedelta(days=self.days(known.subject))
            yield Call(Period(ends_on, due_on), due_on, ends_on)

    def holds(self, period: Period, term: Period) -> bool:
        """As long as the term ends on the same day."""
        return period.starts_on == term.ends_on

    def is_met(self, period: Period, day: dt.date) -> bool:  # noqa: ARG002 -- of a rhythm
        """By any record of this end: rooms name only those."""
        return True


@dataclass(frozen=True)
class AtHalf:
    """Once, when half of the term is over, within so many days: the mid-term review, which may come a little earlier."""

    days: Figure
    early_days: int = 30
    is_shared: bool = field(default=False, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """Once half of the days are over."""
        period = self.first_half(known.term)
        if period.ends_on <= known.on and not known.asked:
            yield Call(period, period.ends_on + dt.timedelta(days=self.days(known.subject)), period.ends_on)

    def holds(self, period: Period, term: Period) -> bool:
        """As long as half of the term ends on the same day."""
        return period == self.first_half(term)

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By a record of the second half, or of the last days before it."""
        return period.ends_on - dt.timedelta(days=self.early_days) <= day

    def first_half(self, term: Period) -> Period:
        """The days of the first half."""
        n_days = (term.ends_on - term.starts_on).days
        return Period(term.starts_on, term.starts_on + dt.timedelta(days=max(1, n_days // HALF)))


def met_on(rhythm: Rhythm, period: Period, records: Sequence[dt.date]) -> dt.date | None:
    """The first record that meets what was asked for a period."""
    return min((one for one in records if rhythm.is_met(period, one)), default=None)
