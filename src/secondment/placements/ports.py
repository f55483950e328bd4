"""What rooms above do when a term has changed, what of a placement goes on when its term ends, and who is away."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from secondment.accounts.models import User
from secondment.placements.models import Placement


class TermFollower(Protocol):
    """Brings what depends on the term up to date."""

    def __call__(self, placement: Placement, /, *, on: dt.date) -> None: ...


TERM_FOLLOWERS: list[TermFollower] = []


def follow_term(placement: Placement, *, on: dt.date) -> None:
    """Tell every room that asked."""
    for follower in TERM_FOLLOWERS:
        follower(placement, on=on)


@dataclass(frozen=True)
class OpenItem:
    """Something that goes on when the term ends, such as a task: somebody has to take it over by name.

    `pass_to` gives it to the successor's placement; None where a name is all there is to hand over to.
    """

    kind: str
    key: str
    label: str | Promise
    title: str
    pass_to: Callable[[Placement, User, dt.datetime], object] | None = None


OPEN_ITEMS: list[Callable[[Placement], Iterable[OpenItem]]] = []


def open_items(placement: Placement) -> list[OpenItem]:
    """Everything of the placement that is still open, whichever room keeps it."""
    return [item for source in OPEN_ITEMS for item in source(placement)]


@dataclass(frozen=True)
class Decided:
    """What was decided about an item: handed to a successor, closed, or noted by a name alone."""

    key: str
    placement: Placement
    successor: Placement | None
    is_closed: bool
    at: dt.datetime


TAKE_BACK: dict[str, Callable[[Decided, User, dt.datetime], str]] = {}
"""Kind of item → puts it back where it was; says why that cannot be (nothing: done)."""


@dataclass(frozen=True)
class Absence:
    """Somebody is away with leave, from a day to before `ends_on`."""

    placement: int
    starts_on: dt.date
    ends_on: dt.date


Absences = Callable[[Collection[int], dt.date, dt.date], Iterable[Absence]]
ABSENCES: list[Absences] = []


def absences_of(placements: Collection[int], starts_on: dt.date, ends_on: dt.date) -> dict[int, Absence]:
    """Placement → the first approved leave that touches a day from `starts_on` to before `ends_on`."""
    found: dict[int, Absence] = {}
    for source in ABSENCES:
        for one in source(placements, starts_on, ends_on):
            found.setdefault(one.placement, one)
    return found


@dataclass(frozen=True)
class Unsettled:
    """How much of a placement nobody has taken over, refused or closed yet, and where that is done."""

    n: int
    path: str


UNSETTLED: list[Callable[[Placement], Unsettled | None]] = []


def unsettled(placement: Placement) -> list[Unsettled]:
    """What is not handed over."""
    found = [ask(placement) for ask in UNSETTLED]
    return [one for one in found if one is not None]
