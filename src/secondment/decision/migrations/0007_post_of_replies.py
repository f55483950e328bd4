import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_nomination_purpose"),
        ("decision", "0006_results_and_corrections"),
        ("matching", "0006_decision_is_a_room"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="is_withdrawn",
            field=models.BooleanField(default=False, verbose_name="已退回"),
        ),
        migrations.AddField(
            model_name="consultation",
            name="round",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="轮次"),
        ),
        migrations.AddField(
            model_name="personreply",
            name="campaign_post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="campaigns.campaignpost",
                verbose_name="岗位",
            ),
        ),
        migrations.AddField(
            model_name="personreply",
            name="given_on",
            field=models.DateField(blank=True, null=True, verbose_name="答复日期"),
        ),
        migrations.AddField(
            model_name="personreply",
            name="is_current",
            field=models.BooleanField(default=True, verbose_name="现行"),
        ),
        migrations.AddField(
            model_name="personreply",
            name="round",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="轮次"),
        ),
        migrations.RemoveConstraint(model_name="personreply", name="person_reply_once"),
        migrations.AddConstraint(
            model_name="personreply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("consultation", "nomination"),
                name="person_reply_once",
            ),
        ),
    ]
