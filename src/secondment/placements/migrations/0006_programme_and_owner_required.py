import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # apart from the rows' own change: PostgreSQL alters no table with pending triggers
    dependencies = [("placements", "0005_take_from_campaigns")]

    operations = [
        migrations.AlterField(
            model_name="placement",
            name="owner_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements_managed",
                to="units.unit",
                verbose_name="主办组织部门",
            ),
        ),
        migrations.AlterField(
            model_name="placement",
            name="programme_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="campaigns.programmeversion",
                verbose_name="挂职项目",
            ),
        ),
    ]
