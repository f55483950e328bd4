import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_sentences"),
        ("placements", "0003_term_reason"),
        ("units", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="placement",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="办结日期"),
        ),
        migrations.AddField(
            model_name="placement",
            name="destination",
            field=models.CharField(
                blank=True,
                choices=[
                    ("returned", "回原单位"),
                    ("stayed", "留任"),
                    ("promoted", "提拔使用"),
                    ("moved", "交流到其他单位"),
                    ("other", "其他"),
                ],
                max_length=8,
                verbose_name="去向",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="destination_text",
            field=models.CharField(blank=True, max_length=100, verbose_name="去向说明"),
        ),
        migrations.AddField(
            model_name="placement",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("expired", "期满"),
                    ("early", "提前结束"),
                    ("recalled", "召回"),
                    ("replaced", "撤换"),
                ],
                max_length=8,
                verbose_name="结束方式",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="origin",
            field=models.CharField(
                choices=[("campaign", "批次派任"), ("single", "单人挂职"), ("recorded", "补录")],
                default="campaign",
                max_length=10,
                verbose_name="来源",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="owner_unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements_managed",
                to="units.unit",
                verbose_name="主办组织部门",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="programme_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="campaigns.programmeversion",
                verbose_name="挂职项目",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[
                    ("grassroots", "缺基层经历"),
                    ("higher_organ", "缺上级机关经历"),
                    ("professional", "专业实践"),
                    ("urgent", "急难险重"),
                    ("stepwise", "递进培养"),
                    ("other", "其他"),
                ],
                max_length=12,
                verbose_name="培养目的",
            ),
        ),
        migrations.AddField(
            model_name="placement",
            name="source",
            field=models.CharField(blank=True, max_length=200, verbose_name="补录来源"),
        ),
        migrations.AddField(
            model_name="placement",
            name="work_mode",
            field=models.CharField(
                choices=[("full", "全脱产"), ("half", "半脱产"), ("none", "不脱产")],
                default="full",
                max_length=4,
                verbose_name="脱产方式",
            ),
        ),
        migrations.AlterField(
            model_name="placement",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="placements",
                to="campaigns.campaign",
                verbose_name="批次",
            ),
        ),
        migrations.AlterField(
            model_name="placement",
            name="decision_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="决定文号"),
        ),
        migrations.CreateModel(
            name="TermChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("extended", "延期"),
                            ("early", "提前结束"),
                            ("recalled", "召回"),
                            ("replaced", "撤换"),
                        ],
                        max_length=8,
                        verbose_name="事项",
                    ),
                ),
                ("old_ends_on", models.DateField(verbose_name="原挂职结束")),
                ("ends_on", models.DateField(verbose_name="变更后挂职结束")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="审批文号")),
                ("own_opinion", models.CharField(blank=True, max_length=200, verbose_name="本人意见")),
                ("home_opinion", models.CharField(blank=True, max_length=200, verbose_name="派出单位意见")),
                ("host_opinion", models.CharField(blank=True, max_length=200, verbose_name="接收单位意见")),
                ("decided_on", models.DateField(verbose_name="审批日期")),
                ("created_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="term_changes",
                        to="placements.placement",
                        verbose_name="挂职",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限变更",
                "verbose_name_plural": "期限变更",
                "ordering": ["placement", "id"],
            },
        ),
    ]
