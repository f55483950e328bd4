from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="is_external",
            field=models.BooleanField(default=False, verbose_name="外部单位"),
        ),
    ]
