"""Write a plan: everything is computed first, so that the lock of the database is held for bulk statements only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Max
from django.utils import timezone

from secondment.accounts.models import User
from secondment.common.bulk import Statement, Values, columns_of, insertion, replacement, values_of
from secondment.documents.models import StoredFile
from secondment.people.career_facts import UnitNames
from secondment.people.choices import RowOutcome
from secondment.people.models import Person, PersonChange
from secondment.people.services.changes import (
    ROW_KINDS,
    PersonChanges,
    fill,
    row_objects,
    row_values,
    rows_of,
)
from secondment.people.services.history import changes_of, column_changes, columns_of_record, rows_change
from secondment.people.services.imports.planning import PlannedRow
from secondment.people.services.photos import lay_down_photo

BATCH = 500
VERSION = ("id", "version")


class MovedOnError(Exception):
    """Persons were written after the plan was made: it has to be made again."""


@dataclass
class Prepared:
    """All that a plan writes, as values; only the keys of new persons are still open.

    `below` holds for each kind of rows the statement and, in the same order, whose rows they are.
    """

    by: User
    at: dt.datetime
    people: dict[int, Person] = field(default_factory=dict)
    photos: list[StoredFile] = field(default_factory=list)
    new: list[Person] = field(default_factory=list)
    changed: dict[tuple[str, ...], list[Values]] = field(default_factory=lambda: defaultdict(list))
    emptied: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    history: list[PersonChange] = field(default_factory=list)
    owners: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[str, Statement] = field(default_factory=dict)
    units: UnitNames = field(default_factory=UnitNames.load)

    def discard(self) -> None:
        """Take the photos out of the storage again: nothing refers to them."""
        for photo in self.photos:
            photo.content.storage.delete(str(photo.content.name))


def prepare_plan(plan: Sequence[PlannedRow], prepared: Prepared, report: Callable[[int, int], None]) -> None:
    """Compute every created and changed row of `plan` into `prepared`; nothing is written but photos laid down."""
    for row in plan:
        if row.position % BATCH == 0:
            report(row.position, len(plan))
        if row.outcome == RowOutcome.CREATED:
            _prepare_new(row, prepared)
        elif row.outcome == RowOutcome.CHANGED and row.person is not None:
            _prepare_changed(row, row.person, prepared)
    prepared.statements = {
        "photos": insertion(StoredFile, prepared.photos),
        "new": insertion(Person, prepared.new),
        "history": insertion(PersonChange, prepared.history),
        **{kind: insertion(ROW_KINDS[kind].model, rows) for kind, rows in prepared.rows.items()},
    }


def write_prepared(prepared: Prepared) -> dict[int, Person]:
    """Write what was prepared inside the caller's transaction; returns position → person."""
    prepared.statements["photos"].run()
    newest = Person.objects.aggregate(newest=Max("pk"))["newest"] or 0
    prepared.statements["new"].run()
    keys = dict(Person.objects.filter(pk__gt=newest).values_list("key", "pk")) if prepared.new else {}
    for person in prepared.new:
        person.pk = keys[person.key]
    for names, rows in prepared.changed.items():
        if replacement(Person, names, rows, where=VERSION).run() != len(rows):
            raise MovedOnError
    prepared.statements["history"].run()
    for kind, people in prepared.emptied.items():
        _empty(kind, people)
    for kind in prepared.rows:
        _owned(kind, prepared).run()
    return prepared.people


def _prepare_new(row: PlannedRow, prepared: Prepared) -> None:
    person = _filled(Person(recorded_on=timezone.localtime(prepared.at).date()), row, prepared)
    prepared.new.append(person)
    _prepare_rows(row, person, prepared)


def _prepare_changed(row: PlannedRow, person: Person, prepared: Prepared) -> None:
    """The columns that differ, with the version the person must still have when they are written."""
    columns = columns_of(Person)
    key = (person.pk, person.version)
    before, record = values_of(person, columns), columns_of_record(person)
    _filled(person, row, prepared)
    person.version += 1
    after = values_of(person, columns)
    pairs = [(one.name, new) for one, old, new in zip(columns, before, after, strict=True) if old != new]
    prepared.changed[tuple(name for name, _new in pairs)].append((*(new for _name, new in pairs), *key))
    known = {kind: rows_of(person, kind) for kind in _replaced_kinds(row)}
    for kind in known:
        prepared.emptied[kind].append(person.pk)
    made = _prepare_rows(row, person, prepared)
    kept = column_changes(record, columns_of_record(person))
    kept += [rows_change(kind, rows, row_values(kind, made[kind])) for kind, rows in known.items()]
    prepared.history += changes_of(person, kept, by=prepared.by, at=prepared.at)


def _replaced_kinds(row: PlannedRow) -> list[str]:
    """Kinds of rows of which the new ones take the place of the known."""
    return [kind for kind in (row.changes.rows if row.changes else ()) if not ROW_KINDS[kind].is_added]


def _prepare_rows(row: PlannedRow, person: Person, prepared: Prepared) -> dict[str, list[models.Model]]:
    """The new rows below a person, by kind."""
    prepared.people[row.position] = person
    found = {}
    for kind, values in (row.changes.rows if row.changes else {}).items():
        made = row_objects(person, kind, values, prepared.units)
        prepared.rows[kind] += made
        prepared.owners[kind] += [person] * len(made)
        found[kind] = made
    return found


def _owned(kind: str, prepared: Prepared) -> Statement:
    """The statement with the keys of the owners, which new persons have only now."""
    statement, owners = prepared.statements[kind], prepared.owners[kind]
    names = [one.name for one in columns_of(ROW_KINDS[kind].model) if not isinstance(one, models.AutoField)]
    at = names.index("person")
    rows = zip(statement.rows, owners, strict=True)
    return Statement(statement.sql, [(*row[:at], owner.pk, *row[at + 1 :]) for row, owner in rows])


def _empty(kind: str, people: Sequence[int]) -> None:
    manager = ROW_KINDS[kind].model._default_manager  # noqa: SLF001 -- Django's documented name
    for some in _in_batches(people):
        manager.filter(person__in=some).delete()


def _in_batches(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _filled(person: Person, row: PlannedRow, prepared: Prepared) -> Person:
    """The person with the planned values, identity and photo; not saved."""
    changes = row.changes or PersonChanges()
    fill(person, changes)
    if changes.photo:
        person.photo = lay_down_photo(changes.photo, by=prepared.by, at=prepared.at)
        prepared.photos.append(person.photo)
    return person
