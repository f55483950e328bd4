"""The public holidays of a year as the State Council announced them, in the JSON that holiday-cn publishes.

`{"year": 2026, "papers": ["https://…"], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}, …]}`; a day
that is not off is a working weekend (调休).
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

FIRST_YEAR, LAST_YEAR = 2007, 2100
MOST_DAYS = 80
FEWEST_OFF, MOST_OFF = (
    11,
    45,
)  # 11 days by the regulation on holidays of 2024 and earlier, with weekends and 调休 around them
NOTICE = re.compile(r"https?://[!-~]{4,400}")
NO_YEAR = gettext_noop("文件应为一个年份的放假安排，例如 2027.json。")


class HolidayFileError(ValueError):
    """Why a file is no announced year: a pattern with its parts."""

    def __init__(self, pattern: str, **parts: object) -> None:
        super().__init__(pattern)
        self.pattern, self.parts = pattern, parts


@dataclass(frozen=True)
class AnnouncedYear:
    """Days off and working weekends of a year, and the notice they stand in; none where it was not announced."""

    year: int
    holidays: frozenset[dt.date]
    workdays: frozenset[dt.date]
    papers: tuple[str, ...]


def read_year(text: str) -> AnnouncedYear:
    """The year of a file; raises `HolidayFileError`."""
    data = _loaded(text)
    year = data.get("year")
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise HolidayFileError(
            gettext_noop("year 应为 %(first)s 至 %(last)s 之间的年份。"), first=FIRST_YEAR, last=LAST_YEAR
        )
    days = data.get("days")
    if not isinstance(days, list) or not 0 < len(days) <= MOST_DAYS:
        raise HolidayFileError(gettext_noop("days 应为 1 至 %(most)s 天的列表。"), most=MOST_DAYS)
    kinds: dict[dt.date, bool] = {}
    for number, one in enumerate(days, 1):
        day, is_off = _day(one, number, year)
        if day in kinds:
            raise HolidayFileError(
                gettext_noop("days 第 %(number)s 项：%(day)s 重复，请删去一项。"), number=number, day=day
            )
        kinds[day] = is_off
    holidays = frozenset(day for day, is_off in kinds.items() if is_off)
    if not FEWEST_OFF <= sum(day.year == year for day in holidays) <= MOST_OFF:
        raise HolidayFileError(
            gettext_noop(
                "%(year)s 年放假 %(n)s 天，应在 %(fewest)s 至 %(most)s 天之间，请核对文件是否完整。"
            ),
            year=year,
            n=sum(day.year == year for day in holidays),
            fewest=FEWEST_OFF,
            most=MOST_OFF,
        )
    return AnnouncedYear(year, holidays, frozenset(kinds) - holidays, _papers(data.get("papers") or []))


def _papers(papers: Any) -> tuple[str, ...]:
    """Addresses of the notice."""
    if not isinstance(papers, list) or not all(
        isinstance(one, str) and NOTICE.fullmatch(one) for one in papers
    ):
        raise HolidayFileError(
            gettext_noop('papers 应为放假通知的网址列表，例如 ["https://www.gov.cn/…"]；尚无通知的，写 []。')
        )
    return tuple(papers)


def _loaded(text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise HolidayFileError(
            gettext_noop("文件不是 JSON：第 %(line)s 行第 %(column)s 列有误。"),
            line=error.lineno,
            column=error.colno,
        ) from error
    except (ValueError, RecursionError) as error:  # numbers or brackets without end
        raise HolidayFileError(NO_YEAR) from error
    if not isinstance(data, dict):
        raise HolidayFileError(NO_YEAR)
    return data


def _day(one: Any, number: int, year: int) -> tuple[dt.date, bool]:
    """A day and whether it is off; holidays may reach into the years beside."""
    wanted = isinstance(one, dict) and isinstance(one.get("isOffDay"), bool)
    try:
        day = dt.date.fromisoformat(str(one["date"])) if wanted else None
    except (KeyError, ValueError):
        day = None
    if day is None or abs(day.year - year) > 1:
        raise HolidayFileError(
            gettext_noop(
                "days 第 %(number)s 项应有本年的 date（如 %(year)s-01-01）和 isOffDay（true 或 false）。"
            ),
            number=number,
            year=year,
        )
    return day, bool(one["isOffDay"])
