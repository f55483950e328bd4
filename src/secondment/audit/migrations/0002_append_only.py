"""Build the walls that keep audit rows from being changed or deleted."""

from typing import Any

from django.db import migrations

from secondment.audit.guards import build_guards, remove_guards


def build(apps: Any, schema_editor: Any) -> None:
    build_guards(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(build, remove)]
