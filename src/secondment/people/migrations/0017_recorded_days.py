"""From which day the record of each person is whole: nothing is known of what stood in it before its last change."""

import datetime as dt

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

CHUNK = 500
WRITES = (
    *("person.create", "person.edit", "person.correct_contacts", "person.set_annual_grade"),
    *("person.merge", "person.undo_merge"),
)


def take_from_trail(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The day of the last write that the trail or an import names, the first one included; without any, today."""
    people = apps.get_model("people", "Person").objects
    people.update(recorded_on=timezone.localdate())  # noqa: TID251 -- a command: the day of the upgrade
    last: dict[int, dt.datetime] = {}
    for person, at in [*_events(apps), *_imports(apps)]:
        last[person] = max(at, last.get(person, at))
    by_day: dict[dt.date, list[int]] = {}
    for person, at in last.items():
        by_day.setdefault(timezone.localtime(at).date(), []).append(person)
    for day, found in by_day.items():
        for start in range(0, len(found), CHUNK):
            people.filter(pk__in=found[start : start + CHUNK]).update(recorded_on=day)


def _events(apps: Apps) -> list[tuple[int, dt.datetime]]:
    events = apps.get_model("audit", "AuditEvent").objects.filter(action__in=WRITES)
    return [(int(key), at) for key, at in events.values_list("object_id", "at").order_by("pk")]


def _imports(apps: Apps) -> list[tuple[int, dt.datetime]]:
    """Whom an import entered or changed, at the instant at which it was written."""
    events = apps.get_model("audit", "AuditEvent").objects.filter(action="roster.import")
    written = {int(key): at for key, at in events.values_list("object_id", "at").order_by("pk")}
    rows = apps.get_model("people", "RosterImportRow").objects.filter(
        person__isnull=False, outcome__in=("created", "changed")
    )
    found = rows.values_list("person", "roster_import").order_by("pk")
    return [(person, written[its_import]) for person, its_import in found if its_import in written]


class Migration(migrations.Migration):
    dependencies = [("people", "0016_person_changes"), ("audit", "0001_initial")]

    operations = [migrations.RunPython(take_from_trail, migrations.RunPython.noop)]
