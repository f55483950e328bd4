"""What waits for an account: its obligations, and next steps of work in hand that rooms above name.

Home page and to-do page read `waiting_for`, the top bar of every page `count_waiting`.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.common.components import Status
from secondment.common.counting import count_each
from secondment.common.own_paths import own_path
from secondment.obligations.models import Obligation
from secondment.obligations.queries import todo_of
from secondment.obligations.timing import DAYS_CALLED_SOON

MOST_APART = 10
"""Lines of one kind that a person still reads one by one."""


@dataclass(frozen=True)
class Waiting:
    """One line of a to-do list; a next step without a due day has no `due_on`."""

    title: str
    path: str
    unit: str
    creditor: str = ""
    basis: str = ""
    due_on: dt.date | None = None
    state: str = ""
    status: Status = "idle"


@dataclass(frozen=True)
class Source:
    """A room's next steps: which rows wait, and how they read; the count asks for no more than the rows.

    With `roles`, nothing is asked for accounts that hold none of them. With `together`, more rows than `MOST_APART` are one
    line with their number, which leads to the list of them.
    """

    rows: Callable[[User, dt.date], QuerySet[Any]]
    lines: Callable[[QuerySet[Any]], Iterable[Waiting]]
    roles: Collection[Role] = ()
    together: Callable[[QuerySet[Any], int], Waiting] | None = None

    def concerns(self, user: User) -> bool:
        """Whether anything of this kind can wait for the account."""
        return not self.roles or has_role(user, *self.roles)

    def is_one(self, n: int) -> bool:
        """Whether so many rows are one line."""
        return self.together is not None and n > MOST_APART

    def read(self, rows: QuerySet[Any], n: int) -> Iterable[Waiting]:
        """The lines of so many rows."""
        return [self.together(rows, n)] if self.together and self.is_one(n) else self.lines(rows)


SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    """Register a room's next steps; called by an app's `waiting.py`, imported when the app is ready."""
    SOURCES.append(source)


def waiting_for(user: User, on: dt.date) -> list[Waiting]:
    """Obligations and next steps by day, the most urgent first; those without a day come last.

    What several of the account's units owe alike and hand in on one page is one line, with their number.
    Of the sources, which are many, only those are read that have something: one query counts them all.
    """
    alike: dict[tuple[object, ...], list[Obligation]] = {}
    for one in todo_of(user):
        alike.setdefault(tuple(getattr(one, name) for name in _ALIKE), []).append(one)
    owed = [_owed(rows, on) for rows in alike.values()]
    sources = [(source, source.rows(user, on)) for source in _of(user)]
    counts = count_each(rows for _source, rows in sources)
    found = ((*pair, n) for pair, n in zip(sources, counts, strict=True) if n)
    lines = [*owed, *(line for source, rows, n in found for line in source.read(rows, n))]
    return sorted(lines, key=lambda one: (one.due_on is None, one.due_on or on))


def count_waiting(user: User, on: dt.date) -> int:
    """How many lines `waiting_for` has, without reading them: one query, since every page asks."""
    owed: QuerySet[Any] = todo_of(user).values(*_ALIKE).distinct()
    sources = _of(user)
    n_owed, *counts = count_each([owed, *(source.rows(user, on) for source in sources)])
    return n_owed + sum(1 if one.is_one(n) else n for one, n in zip(sources, counts, strict=True))


def _of(user: User) -> list[Source]:
    return [source for source in SOURCES if source.concerns(user)]


def due_status(due_on: dt.date, on: dt.date) -> Status:
    """bad when overdue, warn within a week, else idle."""
    left = (due_on - on).days
    return "bad" if left < 0 else "warn" if left <= DAYS_CALLED_SOON else "idle"


def due_words(due_on: dt.date, on: dt.date) -> str:
    """How many days are left, in words."""
    left = (due_on - on).days
    if left < 0:
        return _("逾期 %(n)s 天") % {"n": -left}
    return _("今天到期") if left == 0 else _("还有 %(n)s 天") % {"n": left}


_ALIKE = ("kind", "path", "due_on", "title")
"""What lines of one page have in common."""


def _owed(rows: Sequence[Obligation], on: dt.date) -> Waiting:
    one = rows[0]
    n_units = len({row.unit_id for row in rows})
    return Waiting(
        title=one.title,
        path=own_path(one.path),
        unit=one.unit.name
        if n_units == 1
        else ngettext("%(n)d 个单位", "%(n)d 个单位", n_units) % {"n": n_units},
        creditor=one.creditor if n_units == 1 else "",
        basis=one.basis,
        due_on=one.due_on,
        state=due_words(one.due_on, on),
        status=due_status(one.due_on, on),
    )
