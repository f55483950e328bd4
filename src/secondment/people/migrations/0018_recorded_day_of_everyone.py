from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0017_recorded_days")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="recorded_on",
            field=models.DateField(editable=False, verbose_name="入库日期"),
        ),
    ]
