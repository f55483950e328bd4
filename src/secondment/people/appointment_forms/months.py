"""Months as forms write them: 198503, 1990.11, 2008-07, 2007年6月, (2012.05)."""

import re

YearMonth = tuple[int, int]

# A month inside a longer text; the number of the month is checked by `month_of`.
MONTH_PATTERN = r"(\d{4})\s*(?:[.．。/年-]\s*)?(\d{1,2})\s*月?"
_WHOLE = re.compile(rf"[(（]?\s*{MONTH_PATTERN}(?:[.．/-]?\s*\d{{1,2}}日?)?\s*[)）]?")


class MonthError(ValueError):
    """A text is no month of the calendar."""


def parse_month(text: str) -> YearMonth:
    """Year and month of a text that holds nothing else (a day is dropped); `MonthError` otherwise."""
    match = _WHOLE.fullmatch(text.strip())
    if not match:
        raise MonthError(f"“{text}”不是年月")
    return month_of(match[1], match[2])


def month_of(year: str, month: str) -> YearMonth:
    """Year and month as numbers; `MonthError` outside 1900–2099 or 1–12."""
    if not (1900 <= int(year) <= 2099 and 1 <= int(month) <= 12):
        raise MonthError(f"没有{year}年{month}月")
    return int(year), int(month)


def month_index(month: YearMonth) -> int:
    """Months since year 0, for differences."""
    return month[0] * 12 + month[1] - 1


def written(month: YearMonth) -> str:
    """As a form's career writes it: 2008.07."""
    return f"{month[0]}.{month[1]:02d}"
