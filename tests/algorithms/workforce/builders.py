"""Small bodies of officials, and the plain way to count them: every person, every month, one at a time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.structure.retirement import Category, retirement_of
from secondment.algorithms.workforce.stays import (
    ELSEWHERE,
    Cell,
    Staff,
    Terms,
    retirement_months,
    statutory_months,
)

ON = dt.date(2026, 11, 30)


@dataclass(frozen=True)
class One:
    """A person as the plain count reads them."""

    unit: int = 0
    birth: int = 198001
    sex: int = 0
    rank: int = 4
    tags: int = 1
    worker: int = -1


@dataclass(frozen=True)
class Term:
    """A half-open secondment of the person at this place of the list."""

    person: int
    host: int
    starts_on: dt.date
    ends_on: dt.date


def staff_of(people: Sequence[One], on: dt.date = ON) -> Staff:
    """The arrays of these people."""
    unit, birth, sex, rank, tags, worker = (
        np.array([getattr(one, name) for one in people], dtype=np.int64)
        for name in ("unit", "birth", "sex", "rank", "tags", "worker")
    )
    gone = retirement_months(statutory_months(sex, birth, worker), on)
    return Staff(unit, birth, rank, tags, gone, np.zeros_like(unit))


def terms_of(terms: Sequence[Term], months: Sequence[tuple[int, int]]) -> Terms:
    """The arrays of terms whose first months out and back are given."""
    return Terms(
        np.array([one.person for one in terms], dtype=np.int64),
        np.array([one.host for one in terms], dtype=np.int64),
        np.array([first for first, _ in months], dtype=np.int64),
        np.array([back for _, back in months], dtype=np.int64),
    )


def plain_count(
    people: Sequence[One], terms: Sequence[Term], cell: Cell, ahead: int, *, at_work: bool
) -> int:
    """Who is in a cell on the day itself, or at the last day of the month so far ahead, that of the day being the first."""
    day = ON if ahead == 0 else last_day(ahead)
    n_people = 0
    for place, one in enumerate(people):
        unit = one.unit
        if at_work:
            out = [
                term.host for term in terms if term.person == place and term.starts_on <= day < term.ends_on
            ]
            unit = out[0] if out else unit
        here = unit != ELSEWHERE and (cell.unit is None or unit == cell.unit)
        n_people += here and not (ahead and _is_retired(one, day)) and _meets(one, cell, day)
    return n_people


def last_day(ahead: int) -> dt.date:
    """The last day of a month, that of `ON` being the first."""
    years, month = divmod(ON.year * 12 + ON.month - 1 + ahead, 12)
    return dt.date(years, month + 1, 1) - dt.timedelta(days=1)


def _is_retired(one: One, day: dt.date) -> bool:
    if one.sex not in (0, 1) or not one.birth:
        return False
    category = (
        Category.MEN_60 if one.sex == 0 else Category.WOMEN_50 if one.worker == 1 else Category.WOMEN_55
    )
    return retirement_of(category, one.birth).month <= day.year * 100 + day.month


def _meets(one: One, cell: Cell, day: dt.date) -> bool:
    if cell.rank is not None and one.rank != cell.rank:
        return False
    if cell.tag is not None and not one.tags >> cell.tag & 1:
        return False
    if cell.age_to is None:
        return True
    months = day.year * 12 + day.month - (one.birth // 100 * 12 + one.birth % 100)
    return one.birth > 0 and months // 12 <= cell.age_to
