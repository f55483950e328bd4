"""When somebody was last reminded of what they owe, and how often."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0004_by_subject")]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="reminded_on",
            field=models.DateField(blank=True, null=True, verbose_name="最近催办"),
        ),
        migrations.AddField(
            model_name="obligation",
            name="n_reminders",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="催办次数"),
        ),
    ]
