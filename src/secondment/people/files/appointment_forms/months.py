"""Months as forms write them: 198503, 1990.11, 2007年6月, (2012.05)."""

import datetime as dt

from secondment.files import dates
from secondment.files.dates import FIRST_YEAR, LAST_YEAR, DateFault, Month
from secondment.files.faults import CellError, in_chinese

# A month inside a longer text; its two groups go to `month_of`.
MONTH_PATTERN = r"(\d{4})\s*(?:[.．。/年-]\s*)?(\d{1,2})(?:\s*月)?"
_BRACKETS = "()（） 　"


class MonthError(CellError):
    """A text is no month of the calendar."""


def parse_month(text: str) -> Month:
    """The month of a text that holds nothing else, with or without brackets; `MonthError` otherwise."""
    parsed = parse_day_or_month(text)
    return Month.of_day(parsed) if isinstance(parsed, dt.date) else parsed


def parse_day_or_month(text: str) -> dt.date | Month:
    """As `parse_month`, but a day stays a day."""
    is_bracketed = text.strip()[:1] in {"(", "（"}
    parsed = dates.parse_day_or_month(text.strip(_BRACKETS) if is_bracketed else text)
    if isinstance(parsed, DateFault):
        raise MonthError(parsed)
    return parsed


def digits_of(text: str) -> str:
    """A day as eight digits, a month as six; any other text stays unchanged."""
    parsed = dates.parse_day_or_month(text)
    if isinstance(parsed, DateFault):
        return text
    return f"{parsed:%Y%m%d}" if isinstance(parsed, dt.date) else str(parsed).replace(".", "")


def month_of(year: str, month: str) -> Month:
    """The month of two groups of digits; `MonthError` when the calendar has no such month."""
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12):
        raise MonthError(in_chinese("没有{year}年{month}月", "请改正年月", year=year, month=month))
    return Month(int(year), int(month))
