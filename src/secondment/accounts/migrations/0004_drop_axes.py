"""The tables of django-axes, which the throttle replaces, hold what people typed as names: they go."""

from django.db import migrations

TABLES = ("axes_accessattemptexpiration", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog")


def drop_tables(apps, schema_editor):
    present = set(schema_editor.connection.introspection.table_names())
    for table in TABLES:
        if table in present:
            schema_editor.execute(schema_editor.sql_delete_table % {"table": schema_editor.quote_name(table)})


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_tries_and_disuse")]

    operations = [migrations.RunPython(drop_tables, migrations.RunPython.noop)]
