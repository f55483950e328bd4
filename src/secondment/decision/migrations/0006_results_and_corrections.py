import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decision", "0005_certificate"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decisionitem",
            name="nomination",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision_items",
                to="campaigns.nomination",
                verbose_name="人选",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="结果公布日期"),
        ),
        migrations.AddField(
            model_name="decision",
            name="corrections",
            field=models.JSONField(blank=True, default=list, verbose_name="更正"),
        ),
    ]
