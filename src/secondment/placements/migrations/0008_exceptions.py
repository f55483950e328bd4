from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0007_statistics_report"),
    ]

    operations = [
        migrations.AddField(
            model_name="placement",
            name="exceptions",
            field=models.JSONField(blank=True, default=list, verbose_name="批准的例外"),
        ),
    ]
