"""Reviews and appeals against the grade of a year: filed, decided in time by other people than the first."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.appeals.choices import (
    AppealKind,
    AppealSource,
    AppealState,
    Outcome,
    ProofState,
    RecomputationKind,
)
from secondment.assessments.models import Grade, GradeDecision
from secondment.common.models import Versioned
from secondment.measurement.models import Run
from secondment.units.models import Unit


def _account(label: Any, *, null: bool = False) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        blank=null,
        related_name="+",
        verbose_name=label,
    )


class Appeal(Versioned):
    """A review (复核) or an appeal (申诉) of one person against one grade in force."""

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="appeals", verbose_name=_("考核等次"))
    kind = models.CharField(_("类型"), max_length=8, choices=AppealKind)
    # the review whose outcome an appeal is against
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("复核")
    )
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("受理单位"))
    state = models.CharField(_("状态"), max_length=10, choices=AppealState, default=AppealState.OPEN)
    text = models.TextField(_("请求和理由"))
    source = models.CharField(_("来源"), max_length=8, choices=AppealSource)
    filed_on = models.DateField(_("提出日期"))
    last_day = models.DateField(_("法定最后一日"))  # to file it, as it was counted then
    late_reason = models.CharField(_("逾期提出的正当理由"), max_length=200, blank=True)
    filed_by = _account(_("登记账号"))
    filed_at = models.DateTimeField(_("登记时间"))
    due_on = models.DateField(_("办理期限"))
    extension_days = models.PositiveSmallIntegerField(_("延长天数"), default=0)
    extension_reason = models.CharField(_("延长理由"), max_length=200, blank=True)
    outcome = models.CharField(_("决定"), max_length=10, choices=Outcome, blank=True)
    outcome_reason = models.CharField(_("决定理由"), max_length=500, blank=True)
    deciders = models.CharField(_("参加决定的人员"), max_length=200, blank=True)
    number = models.CharField(_("决定文号"), max_length=60, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decided_by = _account(_("登记决定的账号"), null=True)
    received_on = models.DateField(_("决定送达签收日期"), null=True, blank=True)
    # what follows from it in the register of the year
    correction = models.OneToOneField(
        GradeDecision,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="follows_from",
        verbose_name=_("更正决定"),
    )
    trail_path = property(attrgetter("office.path"))

    class Meta:
        ordering = ["-filed_on", "-id"]
        verbose_name = verbose_name_plural = _("复核申诉")
        constraints = [
            models.UniqueConstraint(
                fields=["grade", "kind"], condition=~Q(state=AppealState.WITHDRAWN), name="appeal_once"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("filed_on")), name="appeal_due_later"),
            models.CheckConstraint(
                condition=Q(state=AppealState.DECIDED, decided_on__isnull=False) & ~Q(outcome="")
                | ~Q(state=AppealState.DECIDED) & Q(decided_on=None, outcome=""),
                name="appeal_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade.evaluation} {self.get_kind_display()}"


class Recomputation(models.Model):
    """A result computed again, on the same inputs or on corrected ones, beside what was published.

    It changes no grade. Once a decision about a review or an appeal rests on it, it is a version of the result, numbered
    from 2, told to the person with that decision; the one before stays in `before` as it was.
    """

    grade = models.ForeignKey(
        Grade, models.PROTECT, related_name="recomputations", verbose_name=_("考核等次")
    )
    # none where nobody voted
    run = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("测评计算")
    )
    kind = models.CharField(_("类型"), max_length=10, choices=RecomputationKind)
    # group → percent, where weights are corrected; keys of ballot papers whose roster was wrong
    group_weights = models.JSONField(_("更正后的主体权重"), default=dict, blank=True)
    excluded = models.JSONField(_("剔除的票种"), default=list, blank=True)
    # code → [value, backing, evidence], and code → [adverse, basis]
    values = models.JSONField(_("更正后的量化指标值"), default=dict, blank=True)
    facts = models.JSONField(_("更正后的认定"), default=dict, blank=True)
    reason = models.CharField(_("理由"), max_length=200)
    inputs_digest = models.CharField(_("输入数据摘要"), max_length=64, blank=True)
    # rule → [published, computed again] of the votes; empty until the job has done its work
    results = models.JSONField(_("结果"), default=dict, blank=True)
    # the votes as the fields of a `Measure`; both composites as `composites.Working` packs them
    votes = models.JSONField(_("重新计算的测评得分"), default=dict, blank=True)
    before = models.JSONField(_("原综合得分"), default=dict, blank=True)
    after = models.JSONField(_("重新计算的综合得分"), default=dict, blank=True)
    digest = models.CharField(_("结果版本摘要"), max_length=64, blank=True)  # of everything that went in
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    appeal = models.ForeignKey(
        Appeal, models.PROTECT, null=True, blank=True, related_name="versions", verbose_name=_("复核申诉")
    )
    number = models.PositiveSmallIntegerField(_("结果版本"), null=True, blank=True)
    requested_by = _account(_("办理人"))
    requested_at = models.DateTimeField(_("办理时间"))
    trail_path = property(attrgetter("grade.decision.register.owner_unit.path"))

    class Meta:
        ordering = ["-requested_at", "-id"]
        verbose_name = verbose_name_plural = _("重新计算")
        constraints = [
            models.UniqueConstraint(fields=["grade", "number"], name="version_of_result_once"),
            models.CheckConstraint(
                condition=Q(appeal=None, number=None) | Q(appeal__isnull=False, number__gte=2),
                name="version_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade.evaluation} {self.get_kind_display()}"

    @property
    def has_same_inputs(self) -> bool:
        """Whether the marks that went in are the very ones of the published run, and nothing else was corrected."""
        is_corrected = self.group_weights or self.values or self.facts
        return not is_corrected and self.inputs_digest == (self.run.inputs_digest if self.run else "")


class Proof(models.Model):
    """An open proof: ballots and parameters of a finished computation, for a named purpose, opened by a second person."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name=_("测评计算"))
    purpose = models.CharField(_("用途"), max_length=200)
    recipient = models.CharField(_("接收人"), max_length=100)
    state = models.CharField(_("状态"), max_length=8, choices=ProofState, default=ProofState.ASKED)
    asked_by = _account(_("提出人"))
    asked_at = models.DateTimeField(_("提出时间"))
    opened_by = _account(_("开启人"), null=True)
    opened_at = models.DateTimeField(_("开启时间"), null=True, blank=True)
    digest = models.CharField(_("文件摘要"), max_length=64, blank=True)  # of what was first handed out
    trail_path = property(attrgetter("run.owner_unit.path"))

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = verbose_name_plural = _("公开验证材料")
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_by=None) | ~Q(opened_by=F("asked_by")), name="proof_by_two"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.purpose}"
