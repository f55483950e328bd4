"""What host and home unit hand in about a placement, period by period.

A record is never changed: a correction is a new record that replaces the old one, which stays.
"""

from operator import attrgetter
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.common.models import HalfOpen
from secondment.daily_work.choices import Source
from secondment.obligations.periods import Period
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

HALF_DAYS = 2  # in a day
CAUSE_LENGTH = 40


class CycleRecord(HalfOpen):
    """What a cycle asks for about one placement and one period (half-open); `is_current` until something replaces it."""

    QUIET: ClassVar[str] = ""
    """The field that says there was nothing to tell, where there is one."""
    TEXTS: ClassVar[tuple[str, ...]] = ()
    """The fields whose characters are counted together."""
    CONTENT: ClassVar[tuple[str, ...]] = ()
    """The fields that are handed in."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="%(class)s_set", verbose_name=_("挂职")
    )
    starts_on = models.DateField(_("期间开始"))
    ends_on = models.DateField(_("期间结束"))
    is_current = models.BooleanField(_("现行"), default=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("更正的记录"),
    )
    source = models.CharField(_("填报方式"), max_length=10, choices=Source, default=Source.WEB)
    # of a workbook: who filled it in at the office
    clerk = models.CharField(_("填表人"), max_length=40, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    handed_in_at = models.DateTimeField(_("报送时间"))
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.period.label}"

    @property
    def period(self) -> Period:
        """The period it is about."""
        return Period(self.starts_on, self.ends_on)

    @property
    def is_quiet(self) -> bool:
        """Whether it says that there was nothing to tell."""
        return bool(self.QUIET) and bool(getattr(self, self.QUIET))


class PresenceConfirmation(CycleRecord):
    """The host unit confirms a month in post (在岗确认); only days away are typed, in halves, with a cause in few words."""

    CONTENT = ("half_days_away", "cause")

    half_days_away = models.PositiveSmallIntegerField(_("离岗半天数"), default=0)
    cause = models.CharField(_("离岗原因"), max_length=CAUSE_LENGTH, blank=True)

    class Meta:
        ordering = ["-ends_on", "placement", "-id"]
        verbose_name = verbose_name_plural = _("在岗确认")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "ends_on"], condition=Q(is_current=True), name="presence_once_a_month"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="presence_forwards"),
        ]

    @property
    def days_away(self) -> float:
        """Days away from the post; a half is a morning or an afternoon."""
        return self.half_days_away / HALF_DAYS

    @property
    def days_in_post(self) -> float:
        """Days of the month that belong to the term, without those away."""
        term = self.placement
        return self.period.days_within(first_day_of(term), term.ends_on) - self.days_away


class HostReport(CycleRecord):
    """Form F8: the host unit tells home unit and organisation department how the secondee thinks, works and lives."""

    QUIET = "has_no_news"
    TEXTS = ("thinking", "work", "life", "problems", "support_wanted", "suggestions")
    CONTENT = (QUIET, *TEXTS)

    has_no_news = models.BooleanField(_("无新情况"), default=False)
    thinking = models.TextField(_("思想"), blank=True)
    work = models.TextField(_("工作"), blank=True)
    life = models.TextField(_("生活"), blank=True)
    problems = models.TextField(_("存在问题"), blank=True)
    support_wanted = models.TextField(_("需派出单位支持事项"), blank=True)
    suggestions = models.TextField(_("建议"), blank=True)

    class Meta:
        ordering = ["-ends_on", "placement", "-id"]
        verbose_name = verbose_name_plural = _("情况报告")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "ends_on"], condition=Q(is_current=True), name="host_report_once"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="host_report_forwards"),
        ]


class HomeNotice(CycleRecord):
    """Form F9: the home unit tells the secondee major matters, what the work requires, and logistics.

    There may be several in a period; one that says there is nothing gives way to any other.
    """

    QUIET = "has_no_matters"
    TEXTS = ("major_matters", "work_requirements", "logistics")
    CONTENT = (QUIET, *TEXTS)

    has_no_matters = models.BooleanField(_("本季度无事项"), default=False)
    major_matters = models.TextField(_("重大事项"), blank=True)
    work_requirements = models.TextField(_("工作进展要求"), blank=True)
    logistics = models.TextField(_("后勤保障"), blank=True)
    read_at = models.DateTimeField(_("本人阅知时间"), null=True, blank=True)

    class Meta:
        ordering = ["-ends_on", "placement", "-id"]
        verbose_name = verbose_name_plural = _("告知单")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="home_notice_forwards")
        ]
        indexes = [models.Index(fields=["placement", "ends_on"], name="home_notice_period")]
