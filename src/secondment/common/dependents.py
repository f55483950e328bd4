"""A port: what depends on a row. Rooms above register how to find it; code that changes the row lists it and asks first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from secondment.common.errors import DomainError
from secondment.common.sentences import joined_sentences


@dataclass(frozen=True)
class Dependent:
    """One thing that depends on a row, in words, and the page that shows it."""

    text: str
    url: str = ""


Finder = Callable[[Any, dt.date], Iterable[Dependent]]
Follower = Callable[[Any, dt.date], None]
_FINDERS: defaultdict[type[Model], list[Finder]] = defaultdict(list)
_FOLLOWERS: defaultdict[type[Model], list[Follower]] = defaultdict(list)


class DependentsError(DomainError):
    """Something depends on the row, and the change has not been confirmed."""

    def __init__(self, message: str | Promise, dependents: Sequence[Dependent]) -> None:
        self.dependents = tuple(dependents)
        super().__init__(f"{message}{joined_sentences(one.text for one in dependents)}")


def hangs_on(model: type[Model]) -> Callable[[Finder], Finder]:
    """Decorator of a finder; a room's configuration imports the module at start, which registers it."""

    def register(finder: Finder) -> Finder:
        _FINDERS[model].append(finder)
        return finder

    return register


def dependents_of(row: Model, on: dt.date) -> list[Dependent]:
    """What depends on the row that day, room by room."""
    return [found for finder in _FINDERS[type(row)] for found in finder(row, on)]


def follows(model: type[Model]) -> Callable[[Follower], Follower]:
    """Decorator of what must be done with dependents of a row that was changed nevertheless."""

    def register(follower: Follower) -> Follower:
        _FOLLOWERS[model].append(follower)
        return follower

    return register


def follow_up(row: Model, on: dt.date) -> None:
    """Let every room handle what depends on the changed row, room by room."""
    for follower in _FOLLOWERS[type(row)]:
        follower(row, on)
