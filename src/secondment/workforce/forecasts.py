"""The force over the coming years as pages show it: months, cells by year, what becomes empty, the ladder."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.workforce.crossings import Crossing, crossings
from secondment.algorithms.workforce.ladder import Step, ladder
from secondment.algorithms.workforce.months import calendar_month
from secondment.algorithms.workforce.movement import Band, Observed, headcount_band
from secondment.algorithms.workforce.stays import Cell, by_month, in_cell
from secondment.common.sentences import listed
from secondment.files.structure import dimensions as defined
from secondment.workforce.force import Force, Official, is_whole, paths_of_scope
from secondment.workforce.forecast_cells import LEADING, cell_query, cells_of, is_implied, unit_cells, whom
from secondment.workforce.moves import Moves, moves_of
from secondment.workforce.scopes import Scope
from secondment.workforce.words import name_of, percent

MOST_NAMED = 5


@dataclass(frozen=True)
class Asked:
    """What the reader asks besides whom: years ahead, the age that counts as young, the floor of every cell."""

    n_years: int = 10
    age_to: int = 40
    floor: int = 1

    @property
    def n_months(self) -> int:
        """Months ahead: to the end of the same month."""
        return end_of_year(self.n_years)


@dataclass(frozen=True)
class MonthRow:
    """The end of one month (today first), with where each figure leads."""

    ahead: int
    month: str
    books: int
    retire: int
    returning: int
    going: int
    work: int
    urls: dict[str, str]
    low: int | None = None
    middle: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class CellRow:
    """One cell at the ends of the coming years, today first."""

    kind: str
    label: str
    counts: tuple[int, ...]
    urls: tuple[str, ...]


@dataclass(frozen=True)
class Fall:
    """A cell of a unit that falls below the floor, in a sentence."""

    ahead: int
    month: str
    unit: str
    sentence: str
    n_today: int
    n_then: int
    people: str
    url_today: str
    url_then: str


@dataclass(frozen=True)
class Rung:
    """One person on a step of the ladder of a unit, or next in line for it."""

    unit: str
    rank: str
    order: tuple[str, int, int, int]
    is_holder: bool
    official: Official
    years_in_rank: int | None
    thins: str


def said(ahead: int, on: dt.date) -> str:
    """A month as sentences say it."""
    year, month = divmod(calendar_month(ahead, on), 100)
    return _("%(year)s年%(month)s月") % {"year": year, "month": month}


def end_of_year(year: int) -> int:
    """The end of this month so many years ahead."""
    return 12 * year + 1


def calendar_words(ahead: int, on: dt.date) -> str:
    """A month as tables write it."""
    month = calendar_month(ahead, on)
    return f"{month // 100}-{month % 100:02d}"


class Outlook:
    """A force looked at over the months asked for; everything is counted once."""

    def __init__(self, scope: Scope, force: Force, asked: Asked) -> None:
        self.scope, self.force, self.asked = scope, force, asked

    @cached_property
    def books(self) -> IntArray:
        """People on the books by month."""
        found: IntArray = self._by_month([Cell()])[0]
        return found

    @cached_property
    def moves(self) -> Moves | None:
        """What was seen of leaving and joining; None where the scope is less than whole units."""
        return moves_of(paths_of_scope(self.scope), self.force.on) if is_whole(self.scope) else None

    @property
    def band_months(self) -> list[int]:
        """Today and every sixth month: so many are computed."""
        return [0, *range(1, self.asked.n_months + 1, 6)]

    @cached_property
    def band(self) -> Band | None:
        """Between which numbers the headcount will lie."""
        moves = self.moves
        if moves is None:
            return None
        return headcount_band(self.books, moves.leaving, moves.joining, months=self.band_months)

    @property
    def rests_on(self) -> str:
        """How much the band rests on, or why there is none."""
        moves = self.moves
        if moves is None:
            return _("范围不是整个单位，不推算调入、调离等其他变动。")
        if self.band is None:
            return _("名册中还没有可供推算的变动记录，不画区间。")
        values = {
            "since": moves.since.isoformat(),
            "years": f"{moves.leaving.person_years:.1f}",
            "left": moves.leaving.n_events,
            "joined": moves.joining.n_events,
            "out": _interval(moves.leaving),
            "come": _interval(moves.joining),
        }
        return (
            _(
                "区间依据 %(since)s 以来 %(years)s 人年的记录：调离、死亡 %(left)s 人（年率%(out)s），"
                "调入、新进 %(joined)s 人（年率%(come)s）。没有发生不等于不会发生；人年越少，区间越宽。"
            )
            % values
        )

    @cached_property
    def months(self) -> list[MonthRow]:
        """Every month with its figures."""
        force, n_months = self.force, self.asked.n_months
        work = by_month(force.staff, force.work, [Cell()], n_months, force.on)[0]
        retire = np.bincount(np.minimum(force.own_gone, n_months + 1), minlength=n_months + 2)
        own = force.terms.person < force.n_own
        going, returning = self._moves(own)
        band = self._band_by_month()
        return [
            MonthRow(
                ahead,
                _("今日") if ahead == 0 else calendar_words(ahead, force.on),
                int(self.books[ahead]),
                int(retire[ahead]),
                int(returning[ahead]),
                int(going[ahead]),
                int(work[ahead]),
                {
                    who: self._people_url(who, at=str(ahead))
                    for who in ("books", "retire", "returning", "going", "work")
                },
                *band.get(ahead, (None, None, None)),
            )
            for ahead in range(n_months + 1)
        ]

    def _band_by_month(self) -> dict[int, tuple[int, int, int]]:
        if (band := self.band) is None:
            return {}
        bounds = zip(band.low.tolist(), band.middle.tolist(), band.high.tolist(), strict=True)
        return dict(zip(self.band_months, bounds, strict=True))

    def _moves(self, own: Any) -> tuple[IntArray, IntArray]:
        """People of the scope who go, and who come back, by month."""
        terms, last = self.force.terms, self.asked.n_months + 1
        found = []
        for column in (terms.first, terms.back):
            at = column[own & (column > 0)]
            found.append(np.bincount(np.minimum(at, last), minlength=last + 1))
        return found[0], found[1]

    def cells(self, kind: str) -> list[CellRow]:
        """The cells of the whole scope at the end of every year."""
        chosen = cells_of(kind, self.asked.age_to)
        counts = self._by_month([cell for cell, _label in chosen])
        ends = [0, *(end_of_year(year) for year in range(1, self.asked.n_years + 1))]
        return [
            CellRow(
                kind,
                label,
                tuple(int(counts[place, ahead]) for ahead in ends),
                tuple(self._cell_url(cell, ahead) for ahead in ends),
            )
            for place, (cell, label) in enumerate(chosen)
            if counts[place].any()
        ]

    @cached_property
    def falls(self) -> list[Fall]:
        """Cells of units that are there today and will not be, soonest first."""
        force = self.force
        cells = [cell for unit in range(len(force.units)) for cell in unit_cells(unit, self.asked.age_to)]
        counts = self._by_month(cells)
        found = crossings(counts, [self.asked.floor] * len(cells))
        month_of = {cells[one.cell]: one.month for one in found}
        kept = [one for one in found if not is_implied(cells[one.cell], one.month, month_of)]
        return [self._fall(cells[one.cell], one) for one in kept]

    @cached_property
    def rungs(self) -> list[Rung]:
        """The ladder of every unit, step by step."""
        return [rung for unit in range(len(self.force.units)) for rung in self._rungs_of(unit)]

    def people(self, who: str, ahead: int, cell: Cell | None = None) -> list[Official]:
        """The people behind a figure; KeyError for none of these figures."""
        force = self.force
        found: dict[str, Callable[[], list[int]]] = {
            "books": lambda: in_cell(force.staff, force.books, cell or Cell(), ahead, force.on).tolist(),
            "work": lambda: in_cell(force.staff, force.work, Cell(), ahead, force.on).tolist(),
            "retire": lambda: np.flatnonzero(force.own_gone == ahead).tolist(),
            "going": lambda: self._movers(force.terms.first, ahead),
            "returning": lambda: self._movers(force.terms.back, ahead),
            "unknown": lambda: force.unknown,
            "due": lambda: force.due,
            "women": lambda: force.women,
            "overdue": lambda: force.overdue,
        }
        return [force.officials[one] for one in found[who]()]

    def notes(self) -> list[tuple[str, str]]:
        """What is not known or was assumed, each with the list of those it concerns."""
        words: dict[str, str] = {
            "due": _("%(n)s 人已到法定退休年龄仍在册，自本月末起不再计入。"),
            "unknown": _("%(n)s 人缺性别或出生年月，退休时间不明，各月均计入。"),
            "women": _("%(n)s 名女干部没有登记岗位身份，按干部岗位（原55周岁）推算。"),
            "overdue": _("%(n)s 人挂职期满未办结，按已返回计。"),
        }
        return [
            (text % {"n": len(found)}, self._people_url(who))
            for who, text in words.items()
            if (found := self.people(who, 0))
        ]

    def _by_month(self, cells: Sequence[Cell]) -> IntArray:
        force = self.force
        return by_month(force.staff, force.books, cells, self.asked.n_months, force.on)

    def _movers(self, column: IntArray, ahead: int) -> list[int]:
        terms = self.force.terms
        own = terms.person < self.force.n_own
        return sorted(terms.person[own & (column == ahead) & (column > 0)].tolist())

    def _fall(self, cell: Cell, one: Crossing) -> Fall:
        force = self.force
        today = in_cell(force.staff, force.books, cell, 0, force.on).tolist()
        month, unit = calendar_words(one.month, force.on), force.unit_name(cell.unit or 0)
        values = {
            "month": said(one.month, force.on),
            "unit": unit,
            "whom": whom(cell),
            "floor": one.floor,
            "n": one.n_then,
        }
        sentence = (
            _("%(month)s起，%(unit)s没有%(whom)s。")
            if one.n_then == 0
            else _("%(month)s起，%(unit)s的%(whom)s少于%(floor)s人（%(n)s人）。")
        )
        return Fall(
            one.month,
            month,
            unit,
            sentence % values,
            one.n_today,
            one.n_then,
            listed([force.officials[at].name for at in today[:MOST_NAMED]]) + _more(today),
            self._cell_url(cell, 0),
            self._cell_url(cell, one.month),
        )

    def _rungs_of(self, unit: int) -> Iterable[Rung]:
        force = self.force
        here = np.flatnonzero(force.staff.unit == unit)
        since = np.array([months_in_rank(force.officials[at], force.on) for at in here], dtype=np.int64)
        steps = ladder(
            force.staff.rank[here],
            force.staff.gone[here],
            since,
            n_months=self.asked.n_months,
            leading=LEADING,
        )
        for step in steps:
            yield from self._rungs_on(step, unit, here, since)

    def _rungs_on(self, step: Step, unit: int, here: Any, since: IntArray) -> Iterable[Rung]:
        force = self.force
        thins = "" if step.thins is None else calendar_words(step.thins, force.on)
        for is_holder, people in ((True, step.holders), (False, step.next_in_line)):
            for place, one in enumerate(people):
                yield Rung(
                    force.unit_name(unit),
                    name_of(defined.RANK.buckets[step.rank]),
                    (force.unit_name(unit), step.rank, int(not is_holder), place),
                    is_holder,
                    force.officials[here[one]],
                    None if since[one] < 0 else int(since[one]) // 12,
                    thins,
                )

    def _people_url(self, who: str, **more: str) -> str:
        return self.scope.url("forecast_people", who=who, **more)

    def _cell_url(self, cell: Cell, ahead: int) -> str:
        return self._people_url("books", at=str(ahead), **cell_query(cell, self.force))


def _interval(seen: Observed) -> str:
    low, high = seen.interval() or (0.0, 0.0)
    return f"{percent(low)}—{percent(high)}"


def _more(people: Sequence[int]) -> str:
    return "…" if len(people) > MOST_NAMED else ""


def months_in_rank(official: Official, on: dt.date) -> int:
    """Months in the rank, by month; -1 where its beginning is not known or lies ahead."""
    since = official.rank_since
    if since is None or since > on:
        return -1
    return (on.year - since.year) * 12 + on.month - since.month
