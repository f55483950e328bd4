"""Computations over closed appraisals, with what went in and what came out of them."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.appraisals.models import Appraisal, Candidate
from secondment.common.models import Versioned
from secondment.measurement.choices import Model, RunState
from secondment.standards.models import StandardVersion
from secondment.units.models import Unit


class Run(Versioned):
    """One computation over the closed appraisals of a year under one standard.

    `inputs` is the packed CSV file that `secondment rate` reads, `posterior` the packed arrays behind the measures; neither
    belongs into a list: `reading.runs` leaves both out.
    """

    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("主办组织部门"))
    year = models.PositiveSmallIntegerField(_("考核年度"))
    standard_version = models.ForeignKey(
        StandardVersion, models.PROTECT, related_name="+", verbose_name=_("测评标准")
    )
    appraisals = models.ManyToManyField(Appraisal, related_name="runs", verbose_name=_("民主测评"))
    model = models.CharField(_("计算方法"), max_length=12, choices=Model, default=Model.HIERARCHICAL)
    seed = models.PositiveIntegerField(_("随机种子"), default=0)
    state = models.CharField(_("状态"), max_length=8, choices=RunState, default=RunState.QUEUED)
    job_id = models.UUIDField(null=True, blank=True, editable=False)
    inputs_digest = models.CharField(_("输入数据摘要"), max_length=64, blank=True)
    inputs = models.BinaryField(editable=False, default=bytes)
    results = models.JSONField(_("计算结果"), default=dict)
    posterior = models.BinaryField(editable=False, default=bytes)
    software_version = models.CharField(_("软件版本"), max_length=40, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发起人")
    )
    requested_at = models.DateTimeField(_("发起时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["-requested_at", "-id"]
        verbose_name = verbose_name_plural = _("测评计算")

    def __str__(self) -> str:
        return str(_("%(year)d 年度 %(standard)s") % {"year": self.year, "standard": self.standard_version})


class Measure(models.Model):
    """What a run says of one candidate: the plain score, and beside it the fair one with its error.

    Scores lie between 0 and 100. `low` and `high` bound the fair score in nine of ten cases; `rank_low` and `rank_high` bound
    the rank within the candidate's `subset`, for all of it at once. `groups` is the tally as `tallies.packed`.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="measures", verbose_name=_("测评计算"))
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="measures", verbose_name=_("测评对象")
    )
    plain_score = models.FloatField(_("直接统计得分"), null=True, blank=True)
    fair_score = models.FloatField(_("校准得分"), null=True, blank=True)
    fair_se = models.FloatField(_("标准误"), null=True, blank=True)
    low = models.FloatField(_("区间下限"), null=True, blank=True)
    high = models.FloatField(_("区间上限"), null=True, blank=True)
    subset = models.PositiveSmallIntegerField(_("可比组"), null=True, blank=True)
    rank_low = models.PositiveIntegerField(_("名次上限"), null=True, blank=True)
    rank_high = models.PositiveIntegerField(_("名次下限"), null=True, blank=True)
    is_extreme = models.BooleanField(_("评价全为一档"), default=False)
    n_ballots = models.PositiveIntegerField(_("有效票数"), default=0)
    groups = models.JSONField(_("按主体统计"), default=dict)

    class Meta:
        ordering = ["run", "candidate"]
        verbose_name = verbose_name_plural = _("测评结果")
        constraints = [models.UniqueConstraint(fields=["run", "candidate"], name="measured_once_a_run")]

    def __str__(self) -> str:
        return f"{self.candidate} {self.plain_score}"


class Forecast(models.Model):
    """How reliable an appraisal will be with these raters and links: asked before the vote, compared afterwards.

    `plan` holds the sizes (`planning.Plan`), `result` what simulated campaigns of them came to.
    """

    appraisal = models.ForeignKey(
        Appraisal, models.CASCADE, related_name="forecasts", verbose_name=_("民主测评")
    )
    plan = models.JSONField(_("测评安排"))
    result = models.JSONField(_("预计结果"), default=dict)
    state = models.CharField(_("状态"), max_length=8, choices=RunState, default=RunState.QUEUED)
    job_id = models.UUIDField(null=True, blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发起人")
    )
    requested_at = models.DateTimeField(_("发起时间"))
    trail_path = property(attrgetter("appraisal.owner_unit.path"))

    class Meta:
        ordering = ["appraisal", "-requested_at", "-id"]
        verbose_name = verbose_name_plural = _("测评可靠性预估")

    def __str__(self) -> str:
        return str(self.appraisal)
