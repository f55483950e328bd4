"""What a unit says about each of its people or of those who come to it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0008_nomination_purpose"), ("decision", "0003_urgent_decision")]

    operations = [
        migrations.CreateModel(
            name="PersonReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reply",
                    models.CharField(
                        choices=[("agreed", "同意"), ("objected", "有异议")],
                        max_length=10,
                        verbose_name="答复",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="decision.consultation",
                        verbose_name="征求意见",
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="campaigns.nomination",
                        verbose_name="人选",
                    ),
                ),
            ],
            options={
                "verbose_name": "对人选的答复",
                "verbose_name_plural": "对人选的答复",
                "ordering": ["consultation", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "nomination"), name="person_reply_once")
                ],
            },
        ),
    ]
