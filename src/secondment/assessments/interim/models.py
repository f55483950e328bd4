"""What stands of routine, mid-term and special assessments; a record is never changed, a correction replaces it."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.assessments.interim.choices import (
    MidtermSide,
    Proposal,
    RoutineGradeCode,
    RoutineSource,
    SpecialState,
)
from secondment.common.models import HalfOpen, Versioned
from secondment.findings.models import Finding
from secondment.obligations.periods import Period
from secondment.placements.models import Placement
from secondment.units.models import Unit

WORDS_LENGTH = 40
TEXT_LENGTH = 300
NAME_LENGTH = 40


def _account(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label)


class RoutineGrade(HalfOpen):
    """The grade of a quarter (平时考核) in one line, by the host unit."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="routine_grades", verbose_name=_("挂职")
    )
    starts_on = models.DateField(_("期间开始"))
    ends_on = models.DateField(_("期间结束"))
    grade = models.CharField(_("平时考核等次"), max_length=12, choices=RoutineGradeCode)
    words = models.CharField(_("简要说明"), max_length=WORDS_LENGTH, blank=True)
    is_current = models.BooleanField(_("现行"), default=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("更正的记录"),
    )
    source = models.CharField(_("填报方式"), max_length=10, choices=RoutineSource, default=RoutineSource.WEB)
    given_by = _account(_("填报人"))
    given_at = models.DateTimeField(_("填报时间"))
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["-ends_on", "placement", "-id"]
        verbose_name = verbose_name_plural = _("平时考核")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "ends_on"], condition=Q(is_current=True), name="routine_grade_once"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="routine_grade_forwards"),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.period.label} {self.get_grade_display()}"

    @property
    def period(self) -> Period:
        """The quarter, or what of it belongs to the term."""
        return Period(self.starts_on, self.ends_on)


class MidtermOpinion(models.Model):
    """What a side proposes at half of the term (中期评估), with reasons, signed by a person."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="midterm_opinions", verbose_name=_("挂职")
    )
    side = models.CharField(_("评估方"), max_length=10, choices=MidtermSide)
    proposal = models.CharField(_("评估建议"), max_length=10, choices=Proposal)
    text = models.CharField(_("理由"), max_length=TEXT_LENGTH)
    signer = models.CharField(_("署名人"), max_length=NAME_LENGTH)
    given_on = models.DateField(_("评估日期"))
    is_current = models.BooleanField(_("现行"), default=True)
    given_by = _account(_("填报人"))
    given_at = models.DateTimeField(_("填报时间"))
    trail_path = property(attrgetter("placement.owner_unit.path"))

    class Meta:
        ordering = ["placement", "side", "-id"]
        verbose_name = verbose_name_plural = _("中期评估")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "side"], condition=Q(is_current=True), name="midterm_opinion_once"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(signer=""), name="midterm_opinion_signed"),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.get_side_display()} {self.get_proposal_display()}"


class SpecialAssessment(Versioned):
    """A special assessment (专项考核): ordered by the organisation department with a reason, done by named people."""

    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="special_assessments", verbose_name=_("主办组织部门")
    )
    title = models.CharField(_("名称"), max_length=60)
    reason = models.CharField(_("考核事由"), max_length=200)
    assessors = models.CharField(_("考核人员"), max_length=200)
    due_on = models.DateField(_("完成期限"))
    state = models.CharField(_("状态"), max_length=8, choices=SpecialState, default=SpecialState.OPEN)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    placements = models.ManyToManyField(
        Placement, related_name="special_assessments", verbose_name=_("考核对象")
    )
    # the text about each person, with the facts it cites
    findings = models.ManyToManyField(
        Finding, blank=True, related_name="special_assessments", verbose_name=_("评语")
    )
    ordered_by = _account(_("经办人"))
    ordered_on = models.DateField(_("部署日期"))
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["-ordered_on", "-id"]
        verbose_name = verbose_name_plural = _("专项考核")

    def __str__(self) -> str:
        return self.title
