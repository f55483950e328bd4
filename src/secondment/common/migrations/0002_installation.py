"""What this database is: its keys, demo or real."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0001_submissions")]
    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_fingerprints", models.JSONField(default=dict, editable=False)),
                ("is_demo", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "verbose_name": "本次安装",
                "verbose_name_plural": "本次安装",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_installation")
                ],
            },
        ),
    ]
