"""What the careers on record say in their own words."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from secondment.people.career_facts import UnitNames, derive_career

CHUNK = 500


def derive_careers(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One person's lines after the other's; only lines that say something are written."""
    lines = apps.get_model("people", "CareerEntry").objects
    rows = apps.get_model("units", "Unit").objects.values_list("pk", "name", "short_name")
    units = UnitNames((name, pk) for pk, *names in rows for name in names)
    people = list(lines.order_by("person").values_list("person", flat=True).distinct())
    for start in range(0, len(people), CHUNK):
        found = lines.filter(person__in=people[start : start + CHUNK]).order_by("person", "position")
        by_person: dict[int, list[object]] = {}
        for line in found:
            by_person.setdefault(line.person_id, []).append(line)
        for its_lines in by_person.values():
            derive_career(its_lines, units)  # type: ignore[arg-type]  # rows as they were at this migration
        changed = [
            one for one in found if one.unit_id or one.rank or one.is_study or one.grassroots_from is not None
        ]
        lines.bulk_update(changed, ["unit", "rank", "is_study", "grassroots_from"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [("people", "0019_career_facts"), ("units", "0001_initial")]

    operations = [migrations.RunPython(derive_careers, migrations.RunPython.noop)]
