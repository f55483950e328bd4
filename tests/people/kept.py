"""Whether what a service changed in a person's record is what is kept of it."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from secondment.people.models import Person, PersonChange
from secondment.people.services.changes import entire_record, record_changes


def as_kept(value: Any) -> Any:
    """A value after its way through JSON."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def lines_of(person: Person) -> list[tuple[str, Any, Any]]:
    """What is kept of a person, in order."""
    return list(PersonChange.objects.filter(person=person).order_by("pk").values_list("field", "old", "new"))


@contextmanager
def all_kept(*people: Person) -> Iterator[None]:
    """Every change of these people inside the block is kept, with old and new value, and nothing else is."""
    before = {one.pk: (entire_record(one), PersonChange.objects.filter(person=one).count()) for one in people}
    yield
    for one in people:
        record, n_known = before[one.pk]
        found = record_changes(record, entire_record(one))
        expected = [(change.field, as_kept(change.old), as_kept(change.new)) for change in found]
        assert expected, f"nothing of {one} has changed"
        assert sorted(lines_of(one)[n_known:], key=repr) == sorted(expected, key=repr)


def day_of(person: Person, field: str) -> tuple[dt.date, dt.date, dt.date | None]:
    """The days of the only change of a field: made, since, old since."""
    found = PersonChange.objects.get(person=person, field=field)
    return found.on, found.since, found.old_since
