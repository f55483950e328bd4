"""What one early sign consists of; each sign is a file of the package `signs` that names its `SIGN`.

A sign is a question, never a finding. `check` is pure: it is given one placement with what its readers found about it, and
says nothing, what it found, or why what it found has a fair explanation in the records themselves.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.campaigns.eligibility_rules.rule import Figure
from secondment.campaigns.thresholds import Thresholds
from secondment.common.sentences import Sentence
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

Text = str | Promise
HALF_YEAR = dt.timedelta(days=183)
NEW, RECORDED, SICK, BESIDE = "new", "recorded", "sick", "beside"
USUAL_EXCUSES: Mapping[str, Text] = {
    NEW: _("到岗不久"),
    RECORDED: _("补录不久"),
    SICK: _("病假"),
    BESIDE: _("按约定不脱产或半脱产"),
}


@dataclass(frozen=True)
class SignFact:
    """One fact: words that are kept as they are when the sign is raised, its day, and the page of its source.

    `texts` names two reports that the page shows side by side.
    """

    words: Sentence
    on: dt.date | None = None
    path: str = ""
    texts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Found:
    """What a sign found about one placement; with an `excuse` it is counted and not raised.

    `asks` names the office where it is not the usual one of the sign.
    """

    facts: Sequence[SignFact] = ()
    excuse: str = ""
    asks: Role | None = None


class Look:
    """Placements that are looked at, over days up to `last`; each reader is asked once for all of them."""

    def __init__(self, placements: Sequence[Placement], *, first: dt.date, last: dt.date) -> None:
        self.placements = placements
        self.keys = [one.pk for one in placements]
        self.first, self.last = first, last
        self._read: dict[Reader, Mapping[int, Any]] = {}

    def read(self, reader: "Reader") -> Mapping[int, Any]:
        """What the reader found, by placement."""
        if reader not in self._read:
            self._read[reader] = reader(self)
        return self._read[reader]


Reader = Callable[[Look], Mapping[int, Any]]
"""Reads one kind of record of all placements in a fixed number of queries: placement → what stands there."""


@dataclass(frozen=True)
class Case:
    """One placement on one day, under the thresholds of its programme."""

    placement: Placement
    on: dt.date
    figures: Mapping[str, int]
    look: Look

    def of(self, reader: Reader) -> Any:
        """What the reader found about the placement; nothing is an empty tuple."""
        return self.look.read(reader).get(self.placement.pk, ())

    @cached_property
    def n_days(self) -> int:
        """Days in post."""
        return (self.on - first_day_of(self.placement)).days

    def too_soon(self, n_days: int) -> str:
        """Why a record that is missing says nothing yet: fewer than so many days in post, or since the placement was
        recorded here; what was written before that day stands elsewhere."""
        if self.n_days < n_days:
            return NEW
        known = self.placement.recorded_on
        return RECORDED if known is not None and (self.on - known).days < n_days else ""

    def is_recent(self, day: dt.date, within: dt.timedelta = HALF_YEAR) -> bool:
        """Whether the day lies in the time up to today that counts."""
        return self.on - within < day <= self.on


Check = Callable[[Case], Found | None]


@dataclass(frozen=True, kw_only=True)
class Sign:
    """An early sign as pages name it.

    data             the records it reads, in the words of pages
    asks             the office it is put to first: the one that can answer
    counter_reading  what may be behind it that is quite in order
    excuses          fair explanations that `check` finds in the records, by their code
    is_of_office     it asks about an office, not about the person
    waits_for        of a sign without data yet: which work will bring them
    """

    code: str
    place: int
    title: Text
    meaning: Text
    counter_reading: Text
    question: Text
    data: tuple[Text, ...] = ()
    asks: Role = Role.HOST_UNIT
    figures: tuple[Figure, ...] = ()
    excuses: Mapping[str, Text] = field(default_factory=dict)
    check: Check | None = None
    is_of_office: bool = False
    waits_for: Text = ""

    @property
    def has_data(self) -> bool:
        """Whether there are records that it can be read from."""
        return self.check is not None

    @property
    def thresholds(self) -> Thresholds:
        """Its figures as parameters of a programme."""
        return Thresholds(self.code, self.title, self.figures)
