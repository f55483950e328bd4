"""What host and home unit hand in about a placement, period by period.

A record is never changed: a correction is a new record that replaces the old one, which stays.
"""

import uuid
from operator import attrgetter
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.models import HalfOpen
from secondment.common.protection import open_sealed, seal
from secondment.common.sentences import SentenceField
from secondment.daily_work.choices import SEALED_KINDS, Source, SupportState, UrgentKind
from secondment.obligations.periods import Period
from secondment.placements.models import Placement
from secondment.units.models import Unit

HALF_DAYS = 2  # in a day
CAUSE_LENGTH = 40
WORDS_LENGTH = 200
LINE_LENGTH = 100
NAME_LENGTH = 40


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
    # presence, leave and tasks of the period as the system knew them when it was handed in: nobody types them
    known = SentenceField(_("系统带出"), blank=True)

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
    CONTENT = (QUIET, *TEXTS, "home_work_reason")

    has_no_matters = models.BooleanField(_("本季度无事项"), default=False)
    major_matters = models.TextField(_("重大事项"), blank=True)
    work_requirements = models.TextField(_("工作进展要求"), blank=True)
    logistics = models.TextField(_("后勤保障"), blank=True)
    # why work of the home unit is handed to somebody who is released from it (rule H13)
    home_work_reason = models.CharField(_("布置原单位工作的理由"), max_length=WORDS_LENGTH, blank=True)
    read_at = models.DateTimeField(_("本人阅知时间"), null=True, blank=True)
    # by the secondee, who may and need not
    reply = models.CharField(_("本人答复"), max_length=WORDS_LENGTH, blank=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        ordering = ["-ends_on", "placement", "-id"]
        verbose_name = verbose_name_plural = _("告知单")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="home_notice_forwards")
        ]
        indexes = [models.Index(fields=["placement", "ends_on"], name="home_notice_period")]


class SupportItem(models.Model):
    """Support that a host report asks for: an office owes it by a day, until the host says whether it helped."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="support_items", verbose_name=_("挂职")
    )
    report = models.ForeignKey(
        HostReport, models.PROTECT, related_name="support_items", verbose_name=_("情况报告")
    )
    wanted = models.TextField(_("需支持事项"))
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="support_owed", verbose_name=_("责任单位"))
    owner_role = models.CharField(_("责任角色"), max_length=30, choices=Role)
    asked_on = models.DateField(_("提出日期"))
    due_on = models.DateField(_("办理期限"))
    state = models.CharField(_("状态"), max_length=10, choices=SupportState, default=SupportState.OPEN)
    # what the owner did about it, and since when it waits for the host's word
    answer = models.CharField(_("办理情况"), max_length=WORDS_LENGTH, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    # why it went to another office
    passed_because = models.CharField(_("转办理由"), max_length=WORDS_LENGTH, blank=True)
    outcome = models.CharField(_("接收单位评价"), max_length=WORDS_LENGTH, blank=True)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = verbose_name_plural = _("支持事项")
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=~Q(state=SupportState.WITHDRAWN),
                name="support_item_once_a_report",
            ),
        ]
        indexes = [
            models.Index(fields=["placement", "state"], name="support_item_placement"),
            models.Index(fields=["state", "due_on"], name="support_item_due"),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.asked_on}"


class UrgentMatter(models.Model):
    """Something grave about a secondee in one line (重要情况即报), told at once to the offices that must know."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="urgent_matters", verbose_name=_("挂职")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=UrgentKind)
    line_sealed = models.BinaryField(_("情况"), editable=False)
    # who called, where a clerk took the call
    told_by = models.CharField(_("来电人"), max_length=NAME_LENGTH, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("报告人")
    )
    reported_at = models.DateTimeField(_("报告时间"))
    due_at = models.DateTimeField(_("签收时限"))
    # when it goes to the next office while nobody has acknowledged it; never again where there is none
    next_at = models.DateTimeField(_("逾时上报时间"), null=True, blank=True)
    # `acknowledged_for` names who took note in an office without an account
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("签收人"),
    )
    acknowledged_for = models.CharField(_("签收人（代登记）"), max_length=NAME_LENGTH, blank=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    # minutes from report to acknowledgement, kept so that lists can sort and filter by it
    minutes_waited = models.PositiveIntegerField(_("签收用时（分钟）"), null=True, blank=True)
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["-reported_at", "-id"]
        verbose_name = verbose_name_plural = _("重要情况")
        indexes = [
            models.Index(fields=["placement", "reported_at"], name="urgent_matter_placement"),
            models.Index(fields=["next_at"], condition=Q(acknowledged_at=None), name="urgent_matter_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.pk}"

    @property
    def is_sealed(self) -> bool:
        """Whether its line may say something about a body or a family: it is opened by a click that leaves a trace."""
        return self.kind in SEALED_KINDS

    @property
    def line(self) -> str:
        """The line in clear."""
        return open_sealed(self.line_sealed, context=self._context)

    def set_line(self, text: str) -> None:
        """Seal the line; the caller saves."""
        self.line_sealed = seal(text, context=self._context)

    @property
    def _context(self) -> str:
        return f"daily_work.urgent.{self.key}"


class UrgentOffice(models.Model):
    """An office that knows of an urgent matter: the one that told it, and those that were told."""

    matter = models.ForeignKey(
        UrgentMatter, models.CASCADE, related_name="offices", verbose_name=_("重要情况")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    # the office that told it acknowledges nothing
    is_teller = models.BooleanField(_("报告单位"), default=False)
    is_next = models.BooleanField(_("逾时上报"), default=False)
    told_at = models.DateTimeField(_("送达时间"))

    class Meta:
        ordering = ["matter", "id"]
        verbose_name = verbose_name_plural = _("重要情况送达")
        constraints = [
            models.UniqueConstraint(fields=["matter", "unit", "role"], name="urgent_office_once"),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="urgent_office_unit")]

    def __str__(self) -> str:
        return f"{self.unit}"
