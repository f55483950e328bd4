"""The register of notices, with the numbers given before there was one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def enter_numbers(apps, _schema):
    Placement = apps.get_model("placements", "Placement")
    AppointmentNotice = apps.get_model("placements", "AppointmentNotice")
    rows = Placement.objects.exclude(notice_number="").exclude(notice_on=None).order_by("pk")
    found = {}
    for one in rows.select_related("person"):
        found.setdefault((one.owner_unit_id, one.notice_number), []).append(one)
    for (owner, number), placements in found.items():
        first = placements[0]
        others = f"等{len(placements)}人" if placements[1:] else ""
        notice = AppointmentNotice.objects.create(
            owner_unit_id=owner,
            campaign_id=first.campaign_id,
            number=number,
            subject=f"{first.person.name}{others}",
            issued_on=first.notice_on,
            report_by=first.report_by,
            file_id=first.notice_file_id,
        )
        notice.placements.set(placements)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0009_nomination_outcome"),
        ("documents", "0001_initial"),
        ("placements", "0014_outcomes_of_nominations"),
        ("units", "0003_unit_official_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AppointmentNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="通知文号")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "有效"), ("corrected", "已更正"), ("withdrawn", "作废")],
                        default="in_force",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="对象")),
                ("issued_on", models.DateField(verbose_name="印发日期")),
                ("report_by", models.DateField(blank=True, null=True, verbose_name="报到期限")),
                ("copies", models.CharField(blank=True, max_length=200, verbose_name="抄送")),
                ("copies_above", models.BooleanField(default=False, verbose_name="抄送上级")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                ("changed_on", models.DateField(blank=True, null=True, verbose_name="作废或更正日期")),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="campaigns.campaign",
                        verbose_name="批次",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="印发人",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="主办组织部门",
                    ),
                ),
                (
                    "placements",
                    models.ManyToManyField(
                        related_name="notices", to="placements.placement", verbose_name="挂职"
                    ),
                ),
            ],
            options={
                "verbose_name": "挂职通知发文登记",
                "verbose_name_plural": "挂职通知发文登记",
                "ordering": ["-issued_on", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="appointmentnotice",
            constraint=models.UniqueConstraint(
                fields=("owner_unit", "number", "version"), name="notice_version_once"
            ),
        ),
        migrations.RunPython(enter_numbers, migrations.RunPython.noop),
    ]
