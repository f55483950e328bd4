"""The people of a scope and their terms as the arrays that forecasts take, and whom each row is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import QuerySet

from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of
from secondment.algorithms.arrays import IntArray
from secondment.algorithms.workforce.months import NEVER, calendar_month, month_of_day
from secondment.algorithms.workforce.stays import (
    ELSEWHERE,
    Staff,
    Stays,
    Terms,
    at_work,
    on_the_books,
    retirement_months,
    statutory_months,
)
from secondment.files.codes.specialties import SPECIALTIES
from secondment.files.structure import cells
from secondment.people.models import Person, Specialty
from secondment.people.sections import CLERKS, LEADER
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import active, visible_to
from secondment.workforce.measures import MEASURES
from secondment.workforce.scopes import Scope

TAGS = [entry.code for entry in SPECIALTIES.entries]
_TAG_PLACES = {code: place for place, code in enumerate(TAGS)}
_COLUMNS = (
    *(
        "pk",
        "name",
        "unit_id",
        "unit__name",
        "unit__path",
        "sex",
        "born_on",
        "rank",
        "grade_rank",
        "rank_since",
    ),
    "grassroots_years",
)


@dataclass(frozen=True)
class Official:
    """One person of the force as lists show them; `retires` is the statutory month (yyyymm), None where not known."""

    pk: int
    name: str
    unit: str
    born_on: dt.date | None
    sex: str
    rank: int
    rank_since: dt.date | None
    grassroots_years: float
    retires: int | None
    is_of_scope: bool


@dataclass(frozen=True)
class Force:
    """People of a scope, and those whom its units receive from elsewhere, on one day.

    `units` are the keys and names of units by index; `placements` are parallel to `terms`. The first `n_own` people
    belong to the scope.
    """

    on: dt.date
    officials: tuple[Official, ...]
    units: tuple[tuple[int, str], ...]
    staff: Staff
    terms: Terms
    placements: tuple[Placement, ...]
    n_own: int

    @cached_property
    def books(self) -> Stays:
        """Where people belong (在册)."""
        return on_the_books(self.staff)

    @cached_property
    def work(self) -> Stays:
        """Where people work (在岗)."""
        return at_work(self.staff, self.terms)

    @cached_property
    def own_gone(self) -> IntArray:
        """First month without each person of the scope."""
        return self.staff.gone[: self.n_own]

    @property
    def unknown(self) -> list[int]:
        """People of the scope whose month of retirement is not known: sex or birth is not stated."""
        return np.flatnonzero(self.own_gone == NEVER).tolist()

    @property
    def due(self) -> list[int]:
        """People of the scope who have reached the statutory age by the month of the day."""
        this = calendar_month(0, self.on)
        return [at for at in range(self.n_own) if (self.officials[at].retires or NEVER) <= this]

    @property
    def women(self) -> list[int]:
        """Women of the scope: their kind of post is on no record, so the rule of 55 is taken."""
        return [
            at for at in range(self.n_own) if self.officials[at].sex == "2" and self.officials[at].retires
        ]

    @property
    def overdue(self) -> list[int]:
        """People whose term has ended and is not closed: they count as back."""
        late = {
            one.person_id
            for one in self.placements
            if one.state == PlacementState.IN_POST and one.ends_on <= self.on
        }
        return [at for at, one in enumerate(self.officials) if one.pk in late]

    def unit_name(self, unit: int) -> str:
        """The name of a unit by its index."""
        return self.units[unit][1]


def paths_of_scope(scope: Scope) -> list[str]:
    """Paths of the units that a reader asked about: one with those below it, or all of the account."""
    asked = scope.filter.form.cleaned_data.get("unit") if scope.is_valid else None
    if asked and scope.unit is not None:
        return [scope.unit.path]
    return paths_of(scope.user, *CLERKS, LEADER)


def is_whole(scope: Scope) -> bool:
    """Whether everybody of the units is meant: nothing but a unit narrows the scope."""
    asked = scope.filter.form.cleaned_data if scope.is_valid else {}
    return not any(value for name, value in asked.items() if name != "unit")


def force_of(scope: Scope, on: dt.date) -> Force:
    """The force of what a reader asked for; whom its units receive is counted unless people are narrowed otherwise."""
    return read_force(scope.people, scope.user, on, paths=paths_of_scope(scope), with_guests=is_whole(scope))


def read_force(
    people: QuerySet[Person], user: User, on: dt.date, *, paths: Sequence[str], with_guests: bool = True
) -> Force:
    """The force of some people in a few queries, whatever its size; `paths` are those of the units looked at."""
    own = list(people.order_by("unit__path", "name_key", "pk").values_list(*_COLUMNS))
    own_keys = {row[0] for row in own}
    terms = _terms(user, own_keys, paths if with_guests else ())
    hosts = {
        one.host_unit_id: (one.host_unit_id, one.host_unit.name)
        for one in terms
        if one.host_unit.path.startswith(tuple(paths))
    }
    units = {row[2]: (row[2], row[3]) for row in own} | hosts
    guests = _guests(terms, own_keys)
    tags = _tags(people)
    rows = [*own, *guests]
    places = {key: place for place, key in enumerate(units)}
    born = _ints(row[6].year * 100 + row[6].month if row[6] else 0 for row in rows)
    sex = _ints(cells.sex_cell(row[5]) for row in rows)
    statutory = statutory_months(sex, born, np.full(len(rows), -1, dtype=np.int64))
    staff = Staff(
        _ints(places.get(row[2], ELSEWHERE) for row in rows),
        born,
        _ints(_rank(row[7], row[8]) for row in rows),
        _ints(tags.get(row[0], 0) for row in rows),
        retirement_months(statutory, on),
        np.zeros(len(rows), dtype=np.int64),
    )
    return Force(
        on,
        tuple(_officials(rows, staff, statutory, len(own))),
        tuple(units.values()),
        staff,
        _term_arrays(terms, {row[0]: at for at, row in enumerate(rows)}, places, on),
        tuple(terms),
        len(own),
    )


def _terms(user: User, people: set[int], paths: Sequence[str]) -> list[Placement]:
    """Placements that take one of the people away or bring one to the units, as far as the reader sees them."""
    rows = visible_to(user).filter(pk__in=active().values("pk")).select_related("person__unit", "host_unit")
    return [
        one
        for one in rows.order_by("starts_on", "pk")
        if one.person_id in people or one.host_unit.path.startswith(tuple(paths))
    ]


def _guests(terms: Iterable[Placement], own: set[int]) -> list[tuple[Any, ...]]:
    """People from outside the scope whom its units receive: what their placement tells the host."""
    found = {one.person_id: one.person for one in terms if one.person_id not in own}
    return [
        (
            *(one.pk, one.name, None, one.unit.name, one.unit.path, one.sex, one.born_on, one.rank),
            *(one.grade_rank, one.rank_since, one.grassroots_years),
        )
        for one in found.values()
    ]


def _rank(rank: str, grade: str) -> int:
    """The place of the rank; what no list knows is 其他, the last."""
    measure = MEASURES["rank"]
    (place,) = measure.places_of((rank, grade))
    return min(place, len(measure.dimension.buckets) - 1)


def _tags(people: QuerySet[Person]) -> dict[int, int]:
    """Specialties of people as bits."""
    found: dict[int, int] = {}
    rows = Specialty.objects.filter(person__in=people.order_by().values("pk")).order_by()
    for person, tag in rows.values_list("person_id", "tag"):
        found[person] = found.get(person, 0) | 1 << _TAG_PLACES[tag]
    return found


def _term_arrays(
    terms: Sequence[Placement], people: dict[int, int], places: dict[int, int], on: dt.date
) -> Terms:
    """Who is not in post yet goes at the end of this month at the soonest, whatever the day on paper."""
    return Terms(
        _ints(people[one.person_id] for one in terms),
        _ints(places.get(one.host_unit_id, ELSEWHERE) for one in terms),
        _ints(
            max(month_of_day(one.starts_on, on), 0 if one.state == PlacementState.IN_POST else 1)
            for one in terms
        ),
        _ints(month_of_day(one.ends_on, on) for one in terms),
    )


def _officials(
    rows: Sequence[tuple[Any, ...]], staff: Staff, statutory: IntArray, n_own: int
) -> Iterable[Official]:
    for at, row in enumerate(rows):
        yield Official(
            pk=row[0],
            name=row[1],
            unit=row[3],
            born_on=row[6],
            sex=row[5],
            rank=int(staff.rank[at]),
            rank_since=row[9],
            grassroots_years=float(row[10]),
            retires=int(statutory[at]) or None,
            is_of_scope=at < n_own,
        )


def _ints(values: Iterable[int]) -> IntArray:
    return np.array(list(values), dtype=np.int64)
