"""Days for which two people may hold one post."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_finding_facts"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="handover_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="交接重叠天数"),
        ),
    ]
