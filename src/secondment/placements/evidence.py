"""Facts about a placement that may be cited (事实依据): each room registers the kinds it keeps, as rooms register jobs.

A fact is an event or a figure with its day and its page. Nobody copies what it says: whoever cites one keeps its label,
its day and its digest, asks again later (`standing`), and says so where it has changed or is gone.
"""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from secondment.accounts.models import User
from secondment.common.sentences import kept
from secondment.placements.models import Placement

Key = tuple[int, str, str]
"""Placement, kind and key: what names a fact."""


@dataclass(frozen=True)
class Fact:
    """What is on record: `label` in a few words (`say`, no translated text), `content` as the record says it, if it does.

    `key` names it within its kind for as long as the record exists. `may_read` narrows who reads the kind.
    """

    placement: int
    kind: str
    key: str
    label: str
    on: dt.date
    path: str
    content: str = ""
    may_read: Callable[[User], bool] = lambda _user: True

    @property
    def name(self) -> Key:
        """What names it."""
        return self.placement, self.kind, self.key

    @property
    def digest(self) -> str:
        """Differs as soon as label, day or content do, and is the same in every language."""
        plain = json.dumps([kept(self.label), f"{self.on}", self.content], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


Facts = Callable[[Sequence[Placement], dt.date, dt.date], Iterable[Fact]]
"""Of these placements, from a day to before another: as many queries for one placement as for many."""


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of fact that a room offers: its facts, and which readers of a placement may read them."""

    code: str
    label: Promise
    facts: Facts
    may_read: Callable[[User, Placement], bool] = lambda _user, _placement: True


EVIDENCE: dict[str, EvidenceKind] = {}


def add_evidence(kind: EvidenceKind) -> EvidenceKind:
    """Offer a kind of fact; called by a room's `evidence.py`, imported when the app is ready."""
    if EVIDENCE.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"two kinds of evidence are called {kind.code}")
    return kind


def facts_of(user: User, placement: Placement, starts_on: dt.date, ends_on: dt.date) -> list[Fact]:
    """What the account may read and cite about a placement it sees, from a day to before another, the earliest first."""
    found = [
        fact
        for kind in EVIDENCE.values()
        if kind.may_read(user, placement)
        for fact in kind.facts([placement], starts_on, ends_on)
        if fact.may_read(user)
    ]
    return sorted(found, key=_order)


def standing(placements: Sequence[Placement], kinds: Collection[str], until: dt.date) -> dict[Key, Fact]:
    """Every fact of these kinds before a day, whoever may read it: what citations are compared with."""
    if not placements:
        return {}
    return {
        fact.name: fact
        for code in kinds
        if code in EVIDENCE
        for fact in EVIDENCE[code].facts(placements, dt.date.min, until)
    }


def reads(user: User, placement: Placement, kind: str, fact: Fact | None) -> bool:
    """Whether the account may read what is cited; of a fact that is gone, as far as its kind tells."""
    known = EVIDENCE.get(kind)
    if known is None or not known.may_read(user, placement):
        return False
    return fact is None or fact.may_read(user)


def by_kind(facts: Iterable[Fact]) -> list[tuple[EvidenceKind, list[Fact]]]:
    """Facts under the names of their kinds, in the order in which rooms offered them."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for one in facts:
        found[one.kind].append(one)
    return [(kind, found[code]) for code, kind in EVIDENCE.items() if code in found]


def _order(fact: Fact) -> tuple[dt.date, str, str]:
    return fact.on, fact.kind, fact.key
