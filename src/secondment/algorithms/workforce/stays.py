"""Who is where in which months: people of units, their retirement and their terms, counted cell by cell.

A stay is one person in one unit from a month up to, not including, another (`months.py` says which days months mean).
Everything is known from the records: nothing here is a guess.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from secondment.algorithms.arrays import BoolArray, IndexArray, IntArray
from secondment.algorithms.structure.retirement import Category, retirement_of
from secondment.algorithms.workforce.months import NEVER, month_of_age, month_of_retirement

ELSEWHERE = -1
"""The unit of somebody from, or of a post in, a unit that is not looked at."""


@dataclass(frozen=True)
class Staff:
    """People, one row each.

    Attributes
    ----------
    unit : ndarray of int, shape (n,)
        Index of the unit they belong to, `ELSEWHERE` for people whom a unit has received from elsewhere.
    birth : ndarray of int, shape (n,)
        Month of birth as yyyymm; 0 where it is not known.
    rank : ndarray of int, shape (n,)
        Index of a rank; -1 where it is not known.
    tags : ndarray of int, shape (n,)
        One bit for each specialty.
    gone : ndarray of int, shape (n,)
        First month at whose end they are not on the books for age (`retirement_months`); `NEVER` where not known.
    joined : ndarray of int, shape (n,)
        First month at whose end they are on the books: 0 for all but recruits of a plan.
    """

    unit: IntArray
    birth: IntArray
    rank: IntArray
    tags: IntArray
    gone: IntArray
    joined: IntArray

    @property
    def n_people(self) -> int:
        """Number of people."""
        return int(self.unit.size)


@dataclass(frozen=True)
class Terms:
    """Secondments, one row each: person, host unit, first month out and first month back."""

    person: IntArray
    host: IntArray
    first: IntArray
    back: IntArray


@dataclass(frozen=True)
class Stays:
    """Rows of person, unit, first month and the month after the last; rows without a month are left out."""

    person: IntArray
    unit: IntArray
    first: IntArray
    stop: IntArray


@dataclass(frozen=True)
class Cell:
    """People of one unit who meet every condition that is given; `unit` None means all units.

    `age_to` counts people up to and including so many completed years; whose birth is not known are in no such cell.
    """

    unit: int | None = None
    rank: int | None = None
    tag: int | None = None
    age_to: int | None = None


def statutory_months(sex: IntArray, birth: IntArray, worker: IntArray) -> IntArray:
    """The month (yyyymm) in which each reaches the statutory age; 0 where sex or birth is not known.

    `sex` is 0 for men, 1 for women, -1 unknown; `worker` is 1 for women in workers' posts, who retire by the rule
    of 50. Others retire by the rule of 55, also where the kind of post is not recorded (-1): count these apart.

    References
    ----------
    全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定, 2024-09-13.
    """
    keys = list(zip(sex.tolist(), birth.tolist(), worker.tolist(), strict=True))
    known = {
        key: retirement_of(_category(key[0], key[2]), key[1]).month if key[0] in (0, 1) and key[1] > 0 else 0
        for key in set(keys)
    }
    return np.array([known[key] for key in keys], dtype=np.int64)


def retirement_months(statutory: IntArray, on: dt.date) -> IntArray:
    """First month at whose end each is past the statutory month (`statutory_months`); `NEVER` where it is not known."""
    known = {month: month_of_retirement(month, on) if month else NEVER for month in set(statutory.tolist())}
    return np.array([known[month] for month in statutory.tolist()], dtype=np.int64)


def on_the_books(staff: Staff) -> Stays:
    """Where people belong, wherever they work, until they retire; people from elsewhere belong to no unit here."""
    here = np.flatnonzero(staff.unit != ELSEWHERE)
    return _rows(here, staff.unit[here], staff.joined[here], staff.gone[here])


def at_work(staff: Staff, terms: Terms) -> Stays:
    """Where people work: at home but for their terms, at the host during them, until they retire.

    Of two terms of one person that share months, the later counts from the end of the earlier.
    """
    free = staff.joined.copy()
    parts = []
    for row in np.lexsort((terms.first, terms.person)).tolist():
        who, host = int(terms.person[row]), int(terms.host[row])
        out, back = max(int(terms.first[row]), int(free[who])), int(terms.back[row])
        if out < back:
            parts += [(who, int(staff.unit[who]), int(free[who]), out), (who, host, out, back)]
            free[who] = back
    away = np.array(parts, dtype=np.int64).reshape(-1, 4).T
    rest = (np.arange(staff.n_people), staff.unit, free, np.full(staff.n_people, NEVER))
    person, unit, first, stop = (np.concatenate(pair) for pair in zip(away, rest, strict=True))
    here = unit != ELSEWHERE
    return _rows(person[here], unit[here], first[here], np.minimum(stop, staff.gone[person])[here])


def by_month(staff: Staff, stays: Stays, cells: Sequence[Cell], n_months: int, on: dt.date) -> IntArray:
    """People in every cell at month 0 … `n_months`.

    Returns
    -------
    ndarray of int, shape (len(cells), n_months + 1)

    Notes
    -----
    Every person fills a cell in one run of months per stay, so a cell is counted by its changes: O(stays) per cell.
    """
    found = np.zeros((len(cells), n_months + 1), dtype=np.int64)
    until = {age: _until_age(staff, age, on) for age in {cell.age_to for cell in cells} if age is not None}
    by_unit = {cell.unit for cell in cells if cell.unit is not None}
    rows_of: dict[int, IndexArray] = {unit: np.flatnonzero(stays.unit == unit) for unit in by_unit}
    everyone: IndexArray = np.arange(stays.person.size)
    for place, cell in enumerate(cells):
        rows = everyone if cell.unit is None else rows_of[cell.unit]
        rows = rows[_meets(staff, stays.person[rows], cell)]
        stop = stays.stop[rows]
        if cell.age_to is not None:
            stop = np.minimum(stop, until[cell.age_to][stays.person[rows]])
        found[place] = _running(stays.first[rows], stop, n_months)
    return found


def in_cell(staff: Staff, stays: Stays, cell: Cell, month: int, on: dt.date) -> IntArray:
    """Indices of the people whom `by_month` counts in a cell at a month, each once for every stay, rising."""
    rows = np.flatnonzero((stays.first <= month) & (month < stays.stop))
    if cell.unit is not None:
        rows = rows[stays.unit[rows] == cell.unit]
    people = stays.person[rows]
    people = people[_meets(staff, people, cell)]
    if cell.age_to is not None:
        people = people[month < _until_age(staff, cell.age_to, on)[people]]
    return np.sort(people)


def with_people(staff: Staff, more: Staff) -> Staff:
    """The same people and, after them, others."""
    return replace(
        staff,
        **{
            name: np.concatenate((getattr(staff, name), getattr(more, name)))
            for name in ("unit", "birth", "rank", "tags", "gone", "joined")
        },
    )


def _category(sex: int, worker: int) -> Category:
    return Category.MEN_60 if sex == 0 else Category.WOMEN_50 if worker == 1 else Category.WOMEN_55


def _rows(person: IntArray, unit: IntArray, first: IntArray, stop: IntArray) -> Stays:
    some = first < stop
    return Stays(person[some], unit[some], first[some], stop[some])


def _until_age(staff: Staff, age: int, on: dt.date) -> IntArray:
    """The first month in which each is older than `age`; 0 where the birth is not known."""
    months = {
        birth: month_of_age(birth, age + 1, on) if birth > 0 else 0 for birth in set(staff.birth.tolist())
    }
    return np.array([months[birth] for birth in staff.birth.tolist()], dtype=np.int64)


def _meets(staff: Staff, people: IntArray, cell: Cell) -> BoolArray:
    met: BoolArray = np.ones(people.size, dtype=np.bool_)
    if cell.rank is not None:
        met &= staff.rank[people] == cell.rank
    if cell.tag is not None:
        met &= (staff.tags[people] >> cell.tag) & 1 == 1
    return met


def _running(first: IntArray, stop: IntArray, n_months: int) -> IntArray:
    """How many of the runs [first, stop) hold each month."""
    held = first < stop
    steps = np.zeros(n_months + 2, dtype=np.int64)
    np.add.at(steps, np.minimum(first[held], n_months + 1), 1)
    np.add.at(steps, np.minimum(stop[held], n_months + 1), -1)
    return np.cumsum(steps)[:-1]
