"""Write a plan: new persons in bulk, changed ones row by row; the caller holds the transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from secondment.accounts.models import User
from secondment.people.choices import Outcome
from secondment.people.imports.planning import PlannedRow
from secondment.people.models import Person
from secondment.people.services.changes import ROW_KINDS, replace_rows, row_objects, set_values
from secondment.people.services.photos import store_photo
from secondment.people.services.protected import seal_identity

BATCH = 500


def apply_plan(plan: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> dict[int, Person]:
    """Write every created and changed row of `plan`; returns position → person."""
    written = _create([row for row in plan if row.outcome == Outcome.CREATED], by=by, at=at)
    for row in plan:
        if row.outcome == Outcome.CHANGED and row.person is not None:
            written[row.position] = _change(row, row.person, by=by, at=at)
    return written


def _create(rows: Sequence[PlannedRow], *, by: User, at: dt.datetime) -> dict[int, Person]:
    people = [_filled(Person(), row, by=by, at=at) for row in rows]
    Person.objects.bulk_create(people, batch_size=BATCH)
    below: dict[str, list[models.Model]] = defaultdict(list)
    for row, person in zip(rows, people, strict=True):
        for kind, values in (row.changes.rows if row.changes else {}).items():
            below[kind] += row_objects(person, kind, values)
    for kind, found in below.items():
        _bulk_create(ROW_KINDS[kind].model, found)
    return {row.position: person for row, person in zip(rows, people, strict=True)}


def _bulk_create(model: type[models.Model], rows: Iterable[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 -- Django's documented name


def _change(row: PlannedRow, person: Person, *, by: User, at: dt.datetime) -> Person:
    _filled(person, row, by=by, at=at)
    person.version += 1
    person.save()
    for kind, values in (row.changes.rows if row.changes else {}).items():
        replace_rows(person, kind, values)
    return person


def _filled(person: Person, row: PlannedRow, *, by: User, at: dt.datetime) -> Person:
    """The person with the planned values, identity and photo; not saved."""
    if row.changes is None:
        return person
    set_values(person, row.changes.values)
    if row.changes.identity and row.draft.identity:
        seal_identity(person, row.draft.identity, row.index)
    if row.changes.photo:
        person.photo = store_photo(row.changes.photo, by=by, at=at)
    return person
