"""Recreate the triggers: they now also prevent replacing, and protect the end of the chain."""

from typing import Any

from django.db import migrations

from secondment.audit.guards import build_guards, remove_guards


def rebuild(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection)
    build_guards(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]
