"""Consultation and decision are a separate room: their models leave this one, their tables stay as they are."""

from django.db import migrations

# children before those they point at
MOVED = ("DecisionItem", "Decision", "NotificationObjection", "PublicNotification", "Consultation", "Talk")


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_notification_last_day")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name) for name in MOVED],
        )
    ]
