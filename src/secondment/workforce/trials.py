"""A plan tried out on a force: both sides month by month, and the floors that would break. Nothing is written."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.workforce.stays import (
    ELSEWHERE,
    Cell,
    Staff,
    at_work,
    by_month,
    in_cell,
    retirement_months,
    statutory_months,
)
from secondment.algorithms.workforce.what_if import Plan, broken, carried_out
from secondment.workforce.force import Force, Official
from secondment.workforce.forecast_cells import is_implied, unit_cells, whom
from secondment.workforce.forecasts import calendar_words, said

MOST_FIRST, MOST_TERM = 24, 36
ALL_MONTHS = MOST_FIRST + MOST_TERM + 1
WORKERS_UNKNOWN = -1


@dataclass(frozen=True)
class Recruits:
    """So many alike: sex (0 man, 1 woman), age in years, specialty, rank, unit, month of joining."""

    n: int
    sex: int
    age: int
    tag: int
    rank: int
    unit: int
    joined: int


@dataclass(frozen=True)
class TrialAsked:
    """What is tried: indices of people and units; months are months ahead."""

    sent: tuple[int, ...] = ()
    host: int = ELSEWHERE
    first: int = 1
    n_months: int = 24
    taken_back: tuple[int, ...] = ()
    back_from: int = 1
    recruits: Recruits | None = None
    floor: int = 1
    age_to: int = 40


@dataclass(frozen=True)
class SideRow:
    """One cell of a unit that the plan changes, without and with it, at the months shown."""

    unit: str
    label: str
    order: tuple[int, int]
    without: tuple[int, ...]
    planned: tuple[int, ...]


@dataclass(frozen=True)
class Trial:
    """A plan on a force."""

    force: Force
    asked: TrialAsked
    points: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        asked = self.asked
        back = asked.first + asked.n_months
        object.__setattr__(self, "points", (asked.first, (asked.first + back) // 2, back - 1, back))

    @property
    def sent(self) -> list[Official]:
        """Whom the plan sends."""
        return [self.force.officials[at] for at in self.asked.sent]

    @property
    def taken_back(self) -> list[Official]:
        """Whom the plan takes back."""
        return [self.force.officials[at] for at in self.asked.taken_back]

    @property
    def point_words(self) -> list[str]:
        """The months shown, in words."""
        return [calendar_words(at, self.force.on) for at in self.points]

    @cached_property
    def cells(self) -> list[Cell]:
        """What is watched in the units that the plan touches."""
        return [cell for unit in self._units() for cell in unit_cells(unit, self.asked.age_to)]

    @cached_property
    def counts(self) -> tuple[IntArray, IntArray]:
        """People at work by cell and month, without the plan and with it."""
        force = self.force
        staff, terms = carried_out(force.staff, force.terms, self._plan())
        return (
            by_month(force.staff, force.work, self.cells, ALL_MONTHS + 1, force.on),
            by_month(staff, at_work(staff, terms), self.cells, ALL_MONTHS + 1, force.on),
        )

    @property
    def rows(self) -> list[SideRow]:
        """Cells that differ in some month."""
        without, planned = self.counts
        force = self.force
        return [
            SideRow(
                force.unit_name(cell.unit or 0),
                whom(cell),
                (cell.unit or 0, at),
                tuple(int(without[at, month]) for month in self.points),
                tuple(int(planned[at, month]) for month in self.points),
            )
            for at, cell in enumerate(self.cells)
            if np.any(without[at] != planned[at])
        ]

    @property
    def breaks(self) -> list[str]:
        """Floors that hold without the plan and not with it, in sentences."""
        without, planned = self.counts
        found = broken(without, planned, [self.asked.floor] * len(self.cells))
        month_of = {self.cells[one.cell]: one.month for one in found}
        return [
            _(
                "%(month)s，%(unit)s在岗的%(whom)s由 %(without)s 人降为 %(planned)s 人，低于下限 %(floor)s 人。"
            )
            % {
                "month": said(one.month, self.force.on),
                "unit": self.force.unit_name(self.cells[one.cell].unit or 0),
                "whom": whom(self.cells[one.cell]),
                "without": one.n_without,
                "planned": one.n_with,
                "floor": one.floor,
            }
            for one in found
            if not is_implied(self.cells[one.cell], one.month, month_of)
        ]

    def _plan(self) -> Plan:
        asked = self.asked
        return Plan(
            sent=asked.sent,
            hosts=(asked.host,) * len(asked.sent),
            first=asked.first,
            back=asked.first + asked.n_months,
            taken_back=asked.taken_back,
            back_from=asked.back_from,
            recruits=self._recruits(),
        )

    def _units(self) -> list[int]:
        asked, staff = self.asked, self.force.staff
        found = {int(staff.unit[at]) for at in (*asked.sent, *asked.taken_back)}
        back = np.isin(self.force.terms.person, asked.taken_back)
        found |= {asked.host, *self.force.terms.host[back].tolist()}
        if asked.recruits is not None:
            found.add(asked.recruits.unit)
        return sorted(found - {ELSEWHERE})

    def _recruits(self) -> Staff | None:
        asked = self.asked.recruits
        if asked is None:
            return None
        on = self.force.on
        birth = _many((on.year - asked.age) * 100 + on.month, asked.n)
        statutory = statutory_months(_many(asked.sex, asked.n), birth, _many(WORKERS_UNKNOWN, asked.n))
        return Staff(
            _many(asked.unit, asked.n),
            birth,
            _many(asked.rank, asked.n),
            _many(1 << asked.tag, asked.n),
            retirement_months(statutory, on),
            _many(asked.joined, asked.n),
        )


def chosen(force: Force, tag: int | None, rank: int | None, age_to: int | None, n: int) -> list[int]:
    """The first `n` people of the scope, in the order of the roster, who are at home and meet the conditions."""
    out = set(force.terms.person.tolist())
    people = in_cell(force.staff, force.books, Cell(None, rank, tag, age_to), 0, force.on)
    return [at for at in people.tolist() if at not in out][:n]


def _many(value: int, n: int) -> IntArray:
    return np.full(n, value, dtype=np.int64)
