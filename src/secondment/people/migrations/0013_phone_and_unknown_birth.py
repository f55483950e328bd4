from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_import_row_line"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="phone",
            field=models.CharField(blank=True, max_length=30, verbose_name="联系电话"),
        ),
        migrations.AlterField(
            model_name="person",
            name="born_on",
            field=models.DateField(blank=True, null=True, verbose_name="出生日期"),
        ),
        migrations.AlterField(
            model_name="person",
            name="sex",
            field=models.CharField(
                blank=True, choices=[("1", "男"), ("2", "女")], max_length=1, verbose_name="性别"
            ),
        ),
    ]
