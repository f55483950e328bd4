"""What is asked of the people and posts of a stored plan, in tuples: seven models a pair took most of a page's time.

The names are those of the models, so that whoever asks need not know which of both it was given.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import QuerySet

from secondment.posts.choices import Direction

UNIT = ("name", "path", "is_active")
POST = ("pk", "title", "state", "direction", "starts_on", "ends_on", "headcount")
COLUMNS = (
    *(f"nomination__person__unit__{one}" for one in UNIT),
    *("nomination__person__name", "nomination__person__state"),
    *(f"nomination__home_unit__{one}" for one in UNIT),
    *("nomination", "nomination__state", "nomination__person", "nomination__home_unit"),
    *(f"campaign_post__post__host_unit__{one}" for one in UNIT),
    *(f"campaign_post__post__{one}" for one in POST),
    "campaign_post",
)


class PlannedUnit(NamedTuple):
    """A home or host unit, or where a person works."""

    name: str
    path: str
    is_active: bool


class PlannedPerson(NamedTuple):
    """A person and where they work."""

    unit: PlannedUnit
    name: str
    state: str


class PlannedNomination(NamedTuple):
    """A nomination and by whom it was made."""

    person: PlannedPerson
    home_unit: PlannedUnit
    pk: int
    state: str
    person_id: int
    home_unit_id: int


class PlannedPost(NamedTuple):
    """A post and its term."""

    host_unit: PlannedUnit
    pk: int
    title: str
    state: str
    direction: str
    starts_on: dt.date
    ends_on: dt.date
    headcount: int

    def __str__(self) -> str:
        return f"{self.host_unit.name} {self.title}"

    def get_direction_display(self) -> str:
        """The direction in words."""
        return str(Direction(self.direction).label)


class PlannedOffer(NamedTuple):
    """A post as the campaign offers it."""

    post: PlannedPost
    pk: int


def planned_pairs(rows: QuerySet[Any]) -> list[tuple[PlannedNomination, PlannedOffer]]:
    """The pairs of rows that have `nomination` and `campaign_post`, in one query."""
    return [(_nomination(row[:12]), _offer(row[12:])) for row in rows.values_list(*COLUMNS)]


def _nomination(row: tuple[Any, ...]) -> PlannedNomination:
    person = PlannedPerson(PlannedUnit(*row[:3]), *row[3:5])
    return PlannedNomination(person, PlannedUnit(*row[5:8]), *row[8:])


def _offer(row: tuple[Any, ...]) -> PlannedOffer:
    return PlannedOffer(PlannedPost(PlannedUnit(*row[:3]), *row[3:10]), row[10])
