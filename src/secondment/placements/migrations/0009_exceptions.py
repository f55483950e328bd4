from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0008_membership_and_appointment"),
    ]

    operations = [
        migrations.AddField(
            model_name="placement",
            name="exceptions",
            field=models.JSONField(blank=True, default=list, verbose_name="批准的例外"),
        ),
    ]
