from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_nomination_purpose"),
    ]

    operations = [
        migrations.AddField(
            model_name="nomination",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("chosen", "入选"),
                    ("sent", "已派出"),
                    ("not_chosen", "未入选"),
                    ("called_off", "取消派出"),
                ],
                default="",
                max_length=10,
                verbose_name="结果",
            ),
            preserve_default=False,
        ),
    ]
