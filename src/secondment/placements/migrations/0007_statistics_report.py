import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0006_programme_and_owner_required"),
        ("units", "0002_external"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatisticsReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField(verbose_name="统计起始日期")),
                ("last", models.DateField(verbose_name="统计截止日期")),
                ("rows", models.JSONField(verbose_name="名单")),
                ("created_at", models.DateTimeField(verbose_name="上报时间")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="填报单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "统计上报稿",
                "verbose_name_plural": "统计上报稿",
                "ordering": ["-created_at", "-id"],
            },
        ),
    ]
