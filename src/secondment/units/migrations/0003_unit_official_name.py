from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0002_external"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="official_name",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="公文落款全称"),
            preserve_default=False,
        ),
    ]
