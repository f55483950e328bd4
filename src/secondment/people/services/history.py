"""What changes in a person's record is kept beside it: every service that writes a person calls this."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone

from secondment.accounts.models import User
from secondment.people.models import Person, PersonChange
from secondment.people.sections import EMERGENCY_CONTACT

# Keys, what follows from another column, and what only this computer needs.
_UNKEPT = frozenset(
    {
        *("id", "key", "version", "recorded_on", "name_key", "name_initials"),
        *("identity_sealed", "identity_masked"),
    }
)
# Column → what the change is called; no value is kept.
PROTECTED = {
    "identity_index": "identity",
    "health_notes_sealed": "health_notes",
    "phone": "phone",
    **{name: name for name in EMERGENCY_CONTACT},
}
# A new rank comes with the day since which it is held.
DATED_BY_RANK = frozenset({"rank", "grade_rank", "rank_since"})

Record = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Change:
    """A column or kind of rows with what stood there and what stands there now."""

    field: str
    old: Any
    new: Any


def columns_of_record(person: Person) -> dict[str, Any]:
    """The columns whose changes are kept, by name."""
    return {name: getattr(person, name) for name in _kept_columns()}


def column_changes(before: Record, after: Record) -> list[Change]:
    """The columns that differ."""
    return [_change(name, old, after[name]) for name, old in before.items() if _differs(old, after[name])]


def rows_change(kind: str, before: Rows, after: Rows) -> Change:
    """Rows that were replaced; of rows of one column the values stand alone."""
    return Change(kind, _plain(before), _plain(after))


def changes_of(
    person: Person, changes: Iterable[Change], *, by: User | None, at: dt.datetime
) -> list[PersonChange]:
    """The rows to keep, not saved."""
    changes = list(changes)
    on = timezone.localtime(at).date()
    rank_since = next((one for one in changes if one.field == "rank_since"), None)
    return [
        PersonChange(
            person=person,
            field=one.field,
            old=one.old,
            new=one.new,
            on=on,
            since=_since(one, rank_since, on),
            old_since=_old_since(one, rank_since, person),
            at=at,
            by=by,
        )
        for one in changes
    ]


def keep_changes(person: Person, changes: Iterable[Change], *, by: User | None, at: dt.datetime) -> None:
    """Keep the changes of one person; joins the caller's transaction."""
    if rows := changes_of(person, changes, by=by, at=at):
        PersonChange.objects.bulk_create(rows)


@cache
def _kept_columns() -> tuple[str, ...]:
    columns = Person._meta.concrete_fields  # noqa: SLF001 -- Django's documented name
    return tuple(one.attname for one in columns if one.attname not in _UNKEPT)


def _change(name: str, old: Any, new: Any) -> Change:
    return Change(PROTECTED[name], None, None) if name in PROTECTED else Change(name, old, new)


def _differs(old: Any, new: Any) -> bool:
    """PostgreSQL hands out sealed columns as views of memory, which compare with bytes."""
    return bool(old != new)


def _plain(rows: Rows) -> list[Any]:
    if all(len(row) == 1 for row in rows):
        return sorted(value for row in rows for value in row.values())
    return [dict(row) for row in rows]


def _since(one: Change, rank_since: Change | None, on: dt.date) -> dt.date:
    """From when the new value holds: a rank entered with its own new day, from that day."""
    if one.field in DATED_BY_RANK and rank_since is not None and rank_since.new:
        held: dt.date = rank_since.new
        return min(on, held)
    return on


def _old_since(one: Change, rank_since: Change | None, person: Person) -> dt.date | None:
    """From when the record said that the old value held; `person` has the new columns already."""
    if one.field not in DATED_BY_RANK:
        return None
    found: dt.date | None = rank_since.old if rank_since is not None else person.rank_since
    return found
