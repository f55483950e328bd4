"""A database that the demo was loaded into before it was marked as such."""

from django.db import migrations


def mark_earlier_demo(apps, schema_editor):
    events = apps.get_model("audit", "AuditEvent").objects.using(schema_editor.connection.alias)
    if events.filter(action="campaign.load_demo").exists():
        installations = apps.get_model("common", "Installation").objects.using(schema_editor.connection.alias)
        installations.update_or_create(pk=1, defaults={"is_demo": True})


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("common", "0002_installation"),
    ]
    operations = [migrations.RunPython(mark_earlier_demo, migrations.RunPython.noop)]
