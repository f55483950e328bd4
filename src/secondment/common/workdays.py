"""Working days in mainland China: weekends, public holidays and the working weekends (调休) that pay for them.

The calendar of each year is announced by the State Council late in the year before. Years that
`data/chinese_calendar.json` does not hold are counted by weekends alone, and the result is marked as uncertain. The
days were taken from the package chinesecalendar 1.11.0 (MIT licence).
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class WorkdaySpan:
    """A span of days, both ends included, and whether every year in it has an announced calendar."""

    starts_on: dt.date
    last_day: dt.date
    n_workdays: int
    is_certain: bool


@dataclass(frozen=True)
class _Calendar:
    years: frozenset[int]
    holidays: frozenset[dt.date]
    workdays: frozenset[dt.date]


def is_workday(day: dt.date) -> bool:
    """Whether offices work on this day."""
    calendar = _calendar()
    if day in calendar.workdays:
        return True
    return day.weekday() < SATURDAY and day not in calendar.holidays


def is_announced(year: int) -> bool:
    """Whether the holidays of this year are known."""
    return year in _calendar().years


def holidays_of(year: int) -> frozenset[dt.date]:
    """The days off of a year, as far as they are known."""
    return frozenset(day for day in _calendar().holidays if day.year == year)


def workdays_of(year: int) -> frozenset[dt.date]:
    """The working weekends of a year, as far as they are known."""
    return frozenset(day for day in _calendar().workdays if day.year == year)


def span_of_workdays(starts_on: dt.date, n_workdays: int) -> WorkdaySpan:
    """The shortest span from `starts_on` that holds `n_workdays` working days; the first day counts if worked.

    Raises `ValueError` for fewer than one working day.
    """
    if n_workdays < 1:
        raise ValueError(f"n_workdays must be at least 1, not {n_workdays}")
    day, left = starts_on, n_workdays - is_workday(starts_on)
    while left:
        day += ONE_DAY
        left -= is_workday(day)
    is_certain = all(is_announced(year) for year in range(starts_on.year, day.year + 1))
    return WorkdaySpan(starts_on, day, n_workdays, is_certain)


def workdays_between(starts_on: dt.date, last_day: dt.date) -> int:
    """Number of working days from `starts_on` to `last_day`, both included."""
    n_days = (last_day - starts_on).days + 1
    return sum(is_workday(starts_on + offset * ONE_DAY) for offset in range(n_days))


class _Known:
    """The calendar as this process knows it; a request, or the work of a day, looks again what was imported."""

    def __init__(self) -> None:
        self.calendar: _Calendar | None = None

    def get(self) -> _Calendar:
        """Shipped years, and in their place those imported."""
        if self.calendar is None:
            self.calendar = _with_imported(_shipped())
        return self.calendar


_KNOWN = _Known()


def look_again() -> None:
    """Forget what was read; the next question reads it again."""
    _KNOWN.calendar = None


def know_only_what_ships() -> None:
    """As in an installation into which nothing was imported; asks no database."""
    _KNOWN.calendar = _shipped()


def shipped_years() -> frozenset[int]:
    """The years that come with the product."""
    return _shipped().years


def _calendar() -> _Calendar:
    return _KNOWN.get()


def _with_imported(shipped: _Calendar) -> _Calendar:
    from secondment.common.models import HolidayYear

    rows = list(HolidayYear.objects.values_list("year", "holidays", "workdays", "papers"))
    known = frozenset(year for year, *_days in rows)
    holidays = {dt.date.fromisoformat(day) for _year, days, _worked, _papers in rows for day in days}
    workdays = {dt.date.fromisoformat(day) for _year, _days, worked, _papers in rows for day in worked}
    return _Calendar(
        years=(shipped.years - known) | {year for year, *_days, papers in rows if papers},
        holidays=frozenset(day for day in shipped.holidays if day.year not in known) | holidays,
        workdays=frozenset(day for day in shipped.workdays if day.year not in known) | workdays,
    )


@cache
def _shipped() -> _Calendar:
    text = files("secondment.common").joinpath("data/chinese_calendar.json").read_text(encoding="utf-8")
    years: dict[str, dict[str, list[str]]] = json.loads(text)
    return _Calendar(
        years=frozenset(map(int, years)),
        holidays=frozenset(dt.date.fromisoformat(day) for one in years.values() for day in one["holidays"]),
        workdays=frozenset(dt.date.fromisoformat(day) for one in years.values() for day in one["workdays"]),
    )
