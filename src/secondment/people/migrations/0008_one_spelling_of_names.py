"""Names on record in their one spelling, so that the same name is found however it was typed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from secondment.files.names import clean_name
from secondment.people.names import name_initials, name_key

CHUNK = 500


def clean_names(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Persons and relatives; what is sorted by the name follows."""
    person, relative = apps.get_model("people", "Person"), apps.get_model("people", "FamilyMember")
    changed = []
    for row in person.objects.only("name").iterator(chunk_size=CHUNK):
        if (name := clean_name(row.name)) != row.name:
            row.name, row.name_key, row.name_initials = name, name_key(name), name_initials(name)
            changed.append(row)
    person.objects.bulk_update(changed, ["name", "name_key", "name_initials"], batch_size=CHUNK)
    relatives = []
    for row in relative.objects.only("name").iterator(chunk_size=CHUNK):
        if (name := clean_name(row.name)) != row.name:
            row.name = name
            relatives.append(row)
    relative.objects.bulk_update(relatives, ["name"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_suspected_pairs")]

    operations = [migrations.RunPython(clean_names, migrations.RunPython.noop)]
