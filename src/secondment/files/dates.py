"""Read the dates clerks really type: 1985.03, 1985-03-12, 19850312, 2007年6月, Excel serial numbers."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from secondment.files.faults import Fault

FIRST_YEAR = 1900
LAST_YEAR = 2100
_EXCEL_EPOCH = dt.date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was.

_SEPARATED = re.compile(r"(\d{4})[./年\-—–、,·。](\d{1,2})(?:月|[./月\-—–、,·。](\d{1,2})日?)?[.。]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"\d{5}")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_AGE_OR_WORD = re.compile(r"(\(\d{1,2}岁\)|生)$")
_LOST_ZERO = re.compile(r"\d{4}[.、,·。]1")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; months compare in time."""

    year: int
    month: int

    @property
    def ordinal(self) -> int:
        """Months since year 0: the difference of two ordinals is a number of months."""
        return self.year * 12 + self.month - 1

    @classmethod
    def of_ordinal(cls, ordinal: int) -> Self:
        """The month with this ordinal."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @classmethod
    def of_day(cls, day: dt.date) -> Self:
        """The month of a day."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}.{self.month:02d}"


class DateFault(Fault):
    """Why a cell is not a date."""


def parse_month(text: str) -> Month | DateFault:
    """The month a cell names; a day, where given, is checked and dropped."""
    parsed = parse_day_or_month(text)
    return Month.of_day(parsed) if isinstance(parsed, dt.date) else parsed


def parse_day(text: str) -> dt.date | DateFault:
    """The day a cell names; a month alone is a fault, never the first of the month."""
    parsed = parse_day_or_month(text)
    if isinstance(parsed, Month):
        return DateFault("no_day", {"text": text.strip()})
    return parsed


def parse_day_or_month(text: str) -> dt.date | Month | DateFault:
    """As exact as the cell is: a day, a month, or why it is neither.

    Five digits are an Excel serial number (1900 date system). `1985.1` is refused: a spreadsheet that
    takes `1985.10` for a number drops the zero, so it may be January or October.
    """
    shown = text.strip()
    cleaned = _cleaned(text)
    if not cleaned:
        return DateFault("is_empty")
    if _LOST_ZERO.fullmatch(cleaned):
        return DateFault("lost_zero", {"text": shown, "year": cleaned[:4]})
    if _SERIAL.fullmatch(cleaned):
        return _in_range(_EXCEL_EPOCH + dt.timedelta(days=int(cleaned)), shown)
    matched = _SEPARATED.fullmatch(cleaned) or _COMPACT.fullmatch(cleaned)
    if matched is None:
        return DateFault("no_date", {"text": shown})
    return _checked(matched, shown)


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'‘’`").strip()
    return _AGE_OR_WORD.sub("", re.sub(r"\s+", "", _TIME_OF_DAY.sub("", plain)))


def _checked(matched: re.Match[str], shown: str) -> dt.date | Month | DateFault:
    year, month = int(matched[1]), int(matched[2])
    if not 1 <= month <= 12:
        return DateFault("no_such_month", {"text": shown, "month": month})
    if matched[3] is None:
        return Month(year, month) if FIRST_YEAR <= year <= LAST_YEAR else _out_of_range(shown)
    try:
        return _in_range(dt.date(year, month, int(matched[3])), shown)
    except ValueError:
        return DateFault("no_such_day", {"text": shown})


def _in_range(day: dt.date, shown: str) -> dt.date | DateFault:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else _out_of_range(shown)


def _out_of_range(shown: str) -> DateFault:
    return DateFault("year_out_of_range", {"text": shown, "first": FIRST_YEAR, "last": LAST_YEAR})
