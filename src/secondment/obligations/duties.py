"""The register of duties: a room declares in one place what is owed again and again, or once, and by whom."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.sentences import Sentence, say
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import Rhythm
from secondment.units.models import Unit

Records = Callable[[Sequence[int]], Iterable[tuple[int, dt.date]]]
"""Of these subjects: (subject, day) of every record that meets the duty, in one query."""
Pauses = Callable[[Sequence[int]], Mapping[int, Collection[Period]]]
"""Of these subjects: stretches of time for which nothing is owed."""


@dataclass(frozen=True, eq=False)
class Subjects:
    """What duties are about, such as placements: which ones to look at, and what is to be known of each."""

    type: str
    """As `Obligation.subject_type` names it."""
    current: Callable[[dt.date, dt.date], QuerySet[Any]]
    """(since, on) → those whose term touches this stretch."""
    rows: Callable[[Collection[int]], QuerySet[Any]]
    """Those with these keys, with all that duties name of them."""
    term: Callable[[Any], Period | None]
    """The term in which something is owed; None where it never began."""
    not_before: Callable[[Any], dt.date | None]
    """Nothing falls due before this day."""
    manager: Callable[[Any], Unit]
    """The office that sees to what others owe, and that late duties go to next."""
    name: Callable[[], Any]
    """An expression for what the subject of an obligation (`OuterRef("subject_id")`) is called."""
    pauses: list[Pauses] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, eq=False)
class Duty:
    """Who owes what to whom in which rhythm, under which rule, where it is done, and what ends it.

    It is ended by the service of the act (`meet_for_period`), or, where `records` is given, by the records themselves:
    the room writes its record and calls `bring_up_to_date(subjects=[…])`.
    """

    kind: str
    label: Promise
    title: str
    """A pattern marked by `gettext_noop`, with `%(period)s` or names of `parts`."""
    role: Role
    subjects: Subjects
    rhythm: Rhythm
    unit_of: Callable[[Any], Unit]
    creditor_of: Callable[[Any], str]
    basis_of: Callable[[Any], str]
    page: Callable[[Period], str]
    """Where everything that is due can be done."""
    own_page: Callable[[Any], str] | None = None
    """Where it is done for one subject."""
    parts: Callable[[Any], dict[str, str]] = lambda _subject: {}
    account_of: Callable[[Any], User | None] = lambda _subject: None
    """The one person who owes it, where it is no office."""
    applies: Callable[[Any], bool] = lambda _subject: True
    escalates_after: Callable[[Any], int | None] = lambda _subject: None
    """So many days late it goes to the next responsible office as well."""
    records: Records | None = None
    ends_with_term: bool = False
    """Whether nobody owes it any more once the term is over: what only protects somebody who is away."""
    characters: int = 0
    """How many characters are written for it at most; 0 where nothing is written."""

    def title_of(self, subject: Any, period: Period) -> Sentence:
        """What is owed, in words."""
        parts: dict[str, str] = {"period": period.label, **self.parts(subject)}
        return say(self.title, **{name: part for name, part in parts.items() if f"%({name})s" in self.title})

    @property
    def is_writing(self) -> bool:
        """Whether something is to be written, and not just said, seen or ticked."""
        return self.characters > 0

    def title_for_all(self, period: Period) -> str:
        """The same of everybody of a period."""
        names_period_only = self.title.count("%(") == self.title.count("%(period)s") == 1
        return say(self.title, period=period.label) if names_period_only else str(self.label)

    def path_of(self, subject: Any, period: Period) -> str:
        """Where it is done."""
        return self.own_page(subject) if self.own_page else self.page(period)


DUTIES: dict[str, Duty] = {}

IsOff = Callable[[Duty, Any], bool]
SWITCHES: list[Callable[[], IsOff]] = []
"""Rooms above register what switches a duty off for a subject; each is read once for many subjects."""


def add_duty(duty: Duty) -> None:
    """Declare a duty; called by a room's `duties.py` or the like, imported when the app is ready."""
    if DUTIES.setdefault(duty.kind, duty) is not duty:
        raise ValueError(f"two duties are called {duty.kind}")
