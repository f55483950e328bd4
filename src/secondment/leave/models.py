"""Requests for leave (请假), the steps of their approval, and the ledger of half-days.

The ledger alone says how long somebody was away: a line is never changed, what was wrong or is no longer so is taken back
by another line.
"""

import datetime as dt
import uuid
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.models import Versioned
from secondment.common.protection import open_sealed, seal
from secondment.leave.choices import (
    ADDING,
    HEALTH,
    Alert,
    EntryKind,
    LeaveState,
    LeaveType,
    Source,
    StepState,
)
from secondment.leave.spans import HALF_DAYS, HalfDay, Span, next_working
from secondment.leave.words import span_words
from secondment.placements.models import Placement
from secondment.units.models import Unit

REASON_LENGTH = 100
WORDS_LENGTH = 200
FORWARDS = Q(ends_on__gt=F("starts_on")) | Q(ends_on=F("starts_on"), starts_pm=False, ends_pm=True)
"""Half-open: the half-day at the end is the first one that does not belong."""


class Spanned(models.Model):
    """Half-days in a row; `ends_on` and `ends_pm` name the first half-day after them."""

    starts_on = models.DateField(_("开始日期"))
    starts_pm = models.BooleanField(_("下午开始"), default=False)
    ends_on = models.DateField(_("结束后第一天"))
    ends_pm = models.BooleanField(_("结束后从下午起"), default=False)

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        """Its half-days."""
        return Span(HalfDay(self.starts_on, self.starts_pm), HalfDay(self.ends_on, self.ends_pm))


class LeaveRequest(Versioned, Spanned):
    """Form F7: somebody on a placement asks to be away; what was asked for never changes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="leave_requests", verbose_name=_("挂职")
    )
    type = models.CharField(_("假别"), max_length=10, choices=LeaveType)
    reason_sealed = models.BinaryField(_("事由"), null=True, editable=False)
    destination = models.CharField(_("去往"), max_length=40, blank=True)
    deputy_name = models.CharField(_("代行工作人"), max_length=40, blank=True)
    deputy_contact = models.CharField(_("代行工作人电话"), max_length=40, blank=True)
    half_days = models.PositiveIntegerField(_("请假半天数"))
    state = models.CharField(_("状态"), max_length=10, choices=LeaveState, default=LeaveState.ASKED)
    # who decides on so many days, as the programme said when it was asked for
    level = models.CharField(_("审批层级"), max_length=80)
    source = models.CharField(_("填报方式"), max_length=10, choices=Source, default=Source.OWN)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    asked_at = models.DateTimeField(_("申请时间"))
    # the first half-day back in post, once somebody has said so
    back_on = models.DateField(_("返岗日期"), null=True, blank=True)
    back_pm = models.BooleanField(_("下午返岗"), default=False)
    late_excused = models.CharField(_("逾期情况"), max_length=WORDS_LENGTH, blank=True)
    closing_words = models.CharField(_("撤回或撤销理由"), max_length=WORDS_LENGTH, blank=True)
    trail_path = property(attrgetter("placement.host_unit.path"))

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = verbose_name_plural = _("请假申请")
        constraints = [models.CheckConstraint(condition=FORWARDS, name="leave_request_forwards")]
        indexes = [
            models.Index(fields=["placement", "state"], name="leave_request_placement"),
            models.Index(fields=["state", "ends_on"], name="leave_request_state_end"),
        ]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.starts_on}"

    @property
    def days(self) -> float:
        """Working days asked for."""
        return self.half_days / HALF_DAYS

    @property
    def back(self) -> HalfDay | None:
        """The first half-day back in post."""
        return HalfDay(self.back_on, self.back_pm) if self.back_on else None

    @property
    def words(self) -> str:
        """From when to when."""
        return span_words(self.span)

    @property
    def due_back(self) -> HalfDay:
        """The first half-day of work after the leave."""
        return next_working(self.span.ends)

    @property
    def late(self) -> Span:
        """From the half-day that was due to the return; empty where nobody was late, or nobody has returned yet."""
        return Span(self.due_back, self.back or self.due_back)

    @property
    def taken(self) -> Span:
        """The half-days away: as granted until the return, then as they were."""
        return Span(self.span.starts, max(self.span.starts, self.back or self.span.ends))

    @property
    def is_health(self) -> bool:
        """Whether its reason says something about a body."""
        return self.type in HEALTH

    @property
    def reason(self) -> str:
        """The reason in clear."""
        return open_sealed(self.reason_sealed, context=self._context) if self.reason_sealed else ""

    def set_reason(self, text: str) -> None:
        """Seal the reason; the caller saves."""
        self.reason_sealed = seal(text, context=self._context) if text else None

    @property
    def _context(self) -> str:
        return f"leave.reason.{self.key}"


class LeaveStep(models.Model):
    """One office that decides on a request, in its turn."""

    request = models.ForeignKey(
        LeaveRequest, models.CASCADE, related_name="steps", verbose_name=_("请假申请")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leave_steps", verbose_name=_("审批单位"))
    role = models.CharField(_("审批角色"), max_length=30, choices=Role)
    state = models.CharField(_("状态"), max_length=10, choices=StepState, default=StepState.WAITING)
    words = models.CharField(_("意见"), max_length=WORDS_LENGTH, blank=True)
    # of an office without an account: who decided there, as the department wrote it down
    decided_for = models.CharField(_("审批人（代登记）"), max_length=40, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("经办人"),
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    stand_in = models.ForeignKey(
        "leave.StandIn",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("代批"),
    )

    class Meta:
        ordering = ["request", "position"]
        verbose_name = verbose_name_plural = _("请假审批")
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="leave_step_once"),
        ]
        indexes = [models.Index(fields=["state", "unit", "role"], name="leave_step_waiting")]

    def __str__(self) -> str:
        return f"{self.unit}"


class LeaveEntry(Spanned):
    """A line of the ledger, of one month: half-days of working days, added or taken back."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="leave_entries", verbose_name=_("挂职")
    )
    request = models.ForeignKey(
        LeaveRequest, models.PROTECT, related_name="entries", verbose_name=_("请假申请")
    )
    kind = models.CharField(_("摘要"), max_length=10, choices=EntryKind)
    month = models.DateField(_("月份"))  # its first day
    half_days = models.IntegerField(_("半天数"))
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("冲回的记录"),
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("经办人"),
    )
    written_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = _("请假台账")
        constraints = [
            models.CheckConstraint(condition=FORWARDS, name="leave_entry_forwards"),
            models.CheckConstraint(
                condition=Q(kind__in=ADDING, half_days__gt=0, reverses=None)
                | Q(kind=EntryKind.EARLY, half_days__lt=0, reverses__isnull=False)
                | Q(kind=EntryKind.REVERSED, reverses__isnull=False),
                name="leave_entry_sign",
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(kind=EntryKind.REVERSED), name="leave_entry_reversed_once"
            ),
        ]
        indexes = [models.Index(fields=["placement", "month"], name="leave_entry_month")]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.month:%Y-%m} {self.days:g}"

    @property
    def days(self) -> float:
        """Working days."""
        return self.half_days / HALF_DAYS


class StandIn(models.Model):
    """Somebody who decides for an office while its approver is away (代批): for some days, and only once accepted."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leave_stand_ins", verbose_name=_("审批单位"))
    role = models.CharField(_("审批角色"), max_length=30, choices=Role)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leave_stand_ins", verbose_name=_("代批人")
    )
    starts_on = models.DateField(_("代批开始"))
    ends_on = models.DateField(_("代批结束"))
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("委托人")
    )
    named_at = models.DateTimeField(_("委托时间"))
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    # declined by the deputy, or ended by the office
    closed_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = verbose_name_plural = _("请假代批")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="stand_in_forwards")
        ]

    def __str__(self) -> str:
        return f"{self.deputy.name}"

    @property
    def last_day(self) -> dt.date:
        """The last day on which it holds."""
        return self.ends_on - dt.timedelta(days=1)


class LeaveReview(models.Model):
    """What the organisation department made of an alert: a person has decided, with words."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="leave_reviews", verbose_name=_("挂职")
    )
    alert = models.CharField(_("提示"), max_length=10, choices=Alert)
    year = models.PositiveSmallIntegerField(_("年度"))
    half_days = models.PositiveIntegerField(_("当时的半天数"))
    words = models.CharField(_("处理意见"), max_length=WORDS_LENGTH)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    reviewed_at = models.DateTimeField(_("处理时间"))
    trail_path = property(attrgetter("placement.owner_unit.path"))

    class Meta:
        ordering = ["-reviewed_at", "-id"]
        verbose_name = verbose_name_plural = _("请假提示处理")

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.year}"
