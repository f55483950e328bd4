"""The yearly assessment (年度考核): a register of a year, one evaluation a person, and the grades decided on."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.assessments.choices import (
    DecisionKind,
    DecisionState,
    OpinionSource,
    PoolKind,
    QuotaBasis,
    Side,
    SummaryKind,
    SummarySource,
)
from secondment.assessments.composite.models import QuantityCorrection, QuantityMark, StatedFact
from secondment.assessments.interim.models import MidtermOpinion, RoutineGrade, SpecialAssessment
from secondment.assessments.table.choices import Standing
from secondment.assessments.table.models import CommitteeTable, Comparison
from secondment.campaigns.models import Programme, ProgrammeVersion
from secondment.common.models import Versioned
from secondment.people.choices import Grade as GradeCode
from secondment.people.models import Person
from secondment.placements.models import Placement
from secondment.units.models import Unit

__all__ = [
    "CommitteeTable",
    "Comparison",
    "Evaluation",
    "Grade",
    "GradeDecision",
    "MidtermOpinion",
    "Opinion",
    "Pool",
    "QuantityCorrection",
    "QuantityMark",
    "Register",
    "RoutineGrade",
    "SpecialAssessment",
    "StatedFact",
    "Summary",
]


def _account(label: Any, *, null: bool = False) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=null,
        blank=null,
        related_name="+",
        verbose_name=label,
    )


class Register(models.Model):
    """The assessment of a year, opened by an organisation department for those it has sent or received."""

    owner_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assessment_registers", verbose_name=_("主办组织部门")
    )
    year = models.PositiveSmallIntegerField(_("考核年度"))
    # none: all programmes
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("挂职项目")
    )
    opinions_by = models.DateField(_("意见报送期限"))
    opened_by = _account(_("经办人"))
    opened_at = models.DateTimeField(_("开展时间"))
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["-year", "owner_unit__path", "id"]
        verbose_name = verbose_name_plural = _("年度考核名册")
        constraints = [
            models.UniqueConstraint(
                fields=["owner_unit", "year"], condition=Q(programme=None), name="register_once"
            ),
            models.UniqueConstraint(
                fields=["owner_unit", "year", "programme"], name="register_of_programme_once"
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(year)d 年度考核") % {"year": self.year})


class Pool(models.Model):
    """People among whom the places for 优秀 are counted: a staff category of a programme (rule H17)."""

    register = models.ForeignKey(
        Register, models.CASCADE, related_name="pools", verbose_name=_("年度考核名册")
    )
    programme_version = models.ForeignKey(
        ProgrammeVersion, models.PROTECT, related_name="+", verbose_name=_("挂职项目")
    )
    kind = models.CharField(_("人员类别"), max_length=10, choices=PoolKind)
    basis = models.CharField(_("比例依据"), max_length=10, choices=QuotaBasis, default=QuotaBasis.ORDINARY)
    document = models.CharField(_("批准文号"), max_length=60, blank=True)
    trail_path = property(attrgetter("register.owner_unit.path"))

    class Meta:
        ordering = ["register", "programme_version__programme", "kind"]
        verbose_name = verbose_name_plural = _("优秀名额分组")
        constraints = [
            models.UniqueConstraint(fields=["register", "programme_version", "kind"], name="pool_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme_version.programme.name} · {self.get_kind_display()}"


class Evaluation(Versioned):
    """One person's year: the placement it is about, and the facts that decide who assesses and what is barred.

    The facts are kept as they were when the register was opened or last brought up to date; `changes` names
    what has become different since.
    """

    register = models.ForeignKey(
        Register, models.CASCADE, related_name="evaluations", verbose_name=_("年度考核名册")
    )
    year = models.PositiveSmallIntegerField(_("考核年度"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="evaluations", verbose_name=_("挂职干部"))
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="evaluations", verbose_name=_("挂职")
    )
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="evaluations", verbose_name=_("名额分组"))
    year_workdays = models.PositiveSmallIntegerField(_("全年工作日"))
    host_workdays = models.PositiveSmallIntegerField(_("挂职工作日"))
    assessing_side = models.CharField(_("考核单位"), max_length=4, choices=Side)
    leave_workdays = models.PositiveSmallIntegerField(_("病事假工作日"), null=True, blank=True)
    limits = models.JSONField(_("等次限制"), default=list, blank=True)  # codes of `assessments.limits`
    changes = models.JSONField(
        _("需重新核对的事项"), default=list, blank=True
    )  # codes of `assessments.facts`
    trail_path = property(attrgetter("register.owner_unit.path"))

    class Meta:
        ordering = ["register", "person__name_key", "id"]
        verbose_name = verbose_name_plural = _("年度考核")
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="evaluation_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.person}"


class Opinion(models.Model):
    """What one of the two units says about the year, and the grade it proposes."""

    evaluation = models.ForeignKey(
        Evaluation, models.CASCADE, related_name="opinions", verbose_name=_("年度考核")
    )
    side = models.CharField(_("意见单位"), max_length=4, choices=Side)
    text = models.CharField(_("意见"), max_length=300)
    grade = models.CharField(_("建议等次"), max_length=20, choices=GradeCode)
    source = models.CharField(_("来源"), max_length=8, choices=OpinionSource)
    signed_on = models.DateField(_("签署日期"), null=True, blank=True)  # of the paper
    recorded_by = _account(_("填报人"))
    recorded_at = models.DateTimeField(_("填报时间"))

    class Meta:
        ordering = ["evaluation", "side"]
        verbose_name = verbose_name_plural = _("考核意见")
        constraints = [models.UniqueConstraint(fields=["evaluation", "side"], name="opinion_once")]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.get_side_display()}"


class GradeDecision(models.Model):
    """A decision of named people on grades: recorded by one, checked by another, posted where it holds 优秀."""

    register = models.ForeignKey(
        Register, models.PROTECT, related_name="decisions", verbose_name=_("年度考核名册")
    )
    kind = models.CharField(_("事项"), max_length=8, choices=DecisionKind, default=DecisionKind.DECIDE)
    state = models.CharField(_("状态"), max_length=9, choices=DecisionState, default=DecisionState.RECORDED)
    meeting = models.CharField(_("会议"), max_length=100)
    deciders = models.CharField(_("参加决定的人员"), max_length=200)
    number = models.CharField(_("决定文号"), max_length=60)
    decided_on = models.DateField(_("决定日期"))
    recorded_by = _account(_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"))
    confirmed_by = _account(_("复核人"), null=True)
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    posted_from = models.DateField(_("公示开始"), null=True, blank=True)
    posted_until = models.DateField(_("公示结束"), null=True, blank=True)
    late_reason = models.CharField(_("补录说明"), max_length=200, blank=True)
    in_force_on = models.DateField(_("生效日期"), null=True, blank=True)
    return_reason = models.CharField(_("退回理由"), max_length=300, blank=True)
    trail_path = property(attrgetter("register.owner_unit.path"))

    class Meta:
        ordering = ["register", "-id"]
        verbose_name = verbose_name_plural = _("等次决定")

    def __str__(self) -> str:
        return self.number


TOLD_WITH_REASON = frozenset({GradeCode.BASICALLY_COMPETENT, GradeCode.INCOMPETENT, GradeCode.NONE})


class Grade(models.Model):
    """The grade of one person in one decision; the last one that is not returned counts, earlier ones are history.

    No grade at all stands for one that was withdrawn. What is in force is written into the person's file
    (`people.AnnualGrade`), which everybody else reads.
    """

    decision = models.ForeignKey(
        GradeDecision, models.CASCADE, related_name="grades", verbose_name=_("等次决定")
    )
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="grades", verbose_name=_("年度考核")
    )
    proposed = models.CharField(_("建议等次"), max_length=20, choices=GradeCode, blank=True)
    grade = models.CharField(_("决定等次"), max_length=20, choices=GradeCode, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    received_on = models.DateField(_("书面告知签收日期"), null=True, blank=True)
    # what the committee's table said when it was decided, if there was one
    table = models.ForeignKey(
        CommitteeTable, models.PROTECT, null=True, blank=True, related_name="grades", verbose_name=_("评定表")
    )
    standing = models.CharField(_("评定表意见"), max_length=10, choices=Standing, blank=True)

    class Meta:
        ordering = ["decision", "evaluation__person__name_key", "id"]
        verbose_name = verbose_name_plural = _("考核等次")
        constraints = [
            models.UniqueConstraint(fields=["decision", "evaluation"], name="grade_once_a_decision")
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.get_grade_display()}"

    @property
    def told_reason(self) -> str:
        """The reason as it is told to the person: of grades that one may want to contest, who can answer only what is said."""
        return self.reason if self.grade in TOLD_WITH_REASON else ""


class Summary(Versioned):
    """What a secondee writes about a year: the personal summary, in the last year of the term the self-appraisal.

    It may be corrected until somebody who is to read it has opened it; then it stands, unless it is returned.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="summaries", verbose_name=_("挂职"))
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("类型"), max_length=5, choices=SummaryKind)
    text = models.TextField(_("正文"))
    source = models.CharField(_("填写方式"), max_length=8, choices=SummarySource)
    written_by = _account(_("填写账号"))
    written_at = models.DateTimeField(_("提交时间"))
    # the first who opened it of those it is for; from then on it stands
    read_by = _account(_("首次查阅人"), null=True)
    read_at = models.DateTimeField(_("首次查阅时间"), null=True, blank=True)
    return_reason = models.CharField(_("退回理由"), max_length=200, blank=True)
    trail_path = property(attrgetter("placement.owner_unit.path"))

    class Meta:
        ordering = ["-year", "placement", "id"]
        verbose_name = verbose_name_plural = _("年度个人总结")
        constraints = [models.UniqueConstraint(fields=["placement", "year"], name="summary_once_a_year")]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.year} {self.get_kind_display()}"
