"""The models that came from matching; their tables exist there since its first migrations."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0005_campaign_post_version"),
        ("matching", "0006_decision_is_a_room"),
        ("units", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("meeting", models.CharField(max_length=100, verbose_name="会议")),
                        ("number", models.CharField(max_length=60, verbose_name="决定文号")),
                        ("decided_on", models.DateField(verbose_name="决定日期")),
                        (
                            "campaign",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="campaigns.campaign",
                                verbose_name="批次",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="matching.proposal",
                                verbose_name="方案",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "集体决定",
                        "verbose_name_plural": "集体决定",
                        "db_table": "matching_decision",
                    },
                ),
                migrations.CreateModel(
                    name="PublicNotification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="公示开始")),
                        ("last_day", models.DateField(verbose_name="公示结束（次日可决定）")),
                        ("n_workdays", models.PositiveSmallIntegerField(verbose_name="工作日数")),
                        ("contact", models.CharField(blank=True, max_length=200, verbose_name="受理方式")),
                        (
                            "late_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="补录说明"),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="public_notification",
                                to="matching.proposal",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公示",
                        "verbose_name_plural": "公示",
                        "db_table": "matching_publicnotification",
                    },
                ),
                migrations.CreateModel(
                    name="NotificationObjection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("text", models.CharField(max_length=500, verbose_name="反映情况")),
                        ("conclusion", models.CharField(blank=True, max_length=500, verbose_name="核实结论")),
                        ("resolved_on", models.DateField(blank=True, null=True, verbose_name="核实日期")),
                        (
                            "nomination",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="campaigns.nomination",
                                verbose_name="涉及人选",
                            ),
                        ),
                        (
                            "notification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="objections",
                                to="decision.publicnotification",
                                verbose_name="公示",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公示反映情况",
                        "verbose_name_plural": "公示反映情况",
                        "db_table": "matching_notificationobjection",
                        "ordering": ["notification", "received_on", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "party",
                            models.CharField(
                                choices=[("home", "派出单位"), ("host", "接收单位")],
                                max_length=5,
                                verbose_name="身份",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="答复期限")),
                        (
                            "reply",
                            models.CharField(
                                choices=[("pending", "未答复"), ("agreed", "同意"), ("objected", "有异议")],
                                default="pending",
                                max_length=10,
                                verbose_name="答复",
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                        ("replied_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                        (
                            "handling",
                            models.CharField(blank=True, max_length=300, verbose_name="异议处理结论"),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consultations",
                                to="matching.proposal",
                                verbose_name="方案",
                            ),
                        ),
                        (
                            "replied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "征求意见",
                        "verbose_name_plural": "征求意见",
                        "db_table": "matching_consultation",
                        "ordering": ["proposal", "party", "unit__path"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "unit", "party"), name="consultation_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="不同于建议的理由"),
                        ),
                        (
                            "campaign_post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.campaignpost",
                                verbose_name="决定岗位",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="decision.decision",
                                verbose_name="决定",
                            ),
                        ),
                        (
                            "nomination",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.nomination",
                                verbose_name="人选",
                            ),
                        ),
                        (
                            "proposed_post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="campaigns.campaignpost",
                                verbose_name="计算建议岗位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "决定明细",
                        "verbose_name_plural": "决定明细",
                        "db_table": "matching_decisionitem",
                        "ordering": ["decision", "campaign_post"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "nomination"), name="decision_person_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Talk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="谈话日期")),
                        ("talker", models.CharField(max_length=40, verbose_name="谈话人")),
                        ("points", models.CharField(blank=True, max_length=500, verbose_name="谈话要点")),
                        (
                            "nomination",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="talks",
                                to="campaigns.nomination",
                                verbose_name="人选",
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="talks",
                                to="matching.proposal",
                                verbose_name="方案",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任前谈话",
                        "verbose_name_plural": "任前谈话",
                        "db_table": "matching_talk",
                        "ordering": ["proposal", "held_on"],
                        "constraints": [
                            models.UniqueConstraint(fields=("proposal", "nomination"), name="talk_once")
                        ],
                    },
                ),
            ]
        )
    ]
