"""What stands in an account's calendar without being a duty: a training, a meeting. Nobody is reminded of it.

Rooms above register where it comes from; months and calendar files show it beside what is due, and no number counts it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from secondment.accounts.models import User


@dataclass(frozen=True)
class Occasion:
    """Something on one day or several; `ends_on` is the first day after it."""

    key: str
    starts_on: dt.date
    ends_on: dt.date
    title: str
    path: str
    text: str = ""

    def is_on(self, day: dt.date) -> bool:
        """Whether the day belongs to it."""
        return self.starts_on <= day < self.ends_on


SOURCES: list[Callable[[User, dt.date, dt.date], Iterable[Occasion]]] = []


def occasions_of(user: User, since: dt.date, until: dt.date) -> list[Occasion]:
    """Those that touch a day from `since` to before `until`, by day."""
    found = [one for source in SOURCES for one in source(user, since, until)]
    return sorted(found, key=lambda one: (one.starts_on, one.title))
