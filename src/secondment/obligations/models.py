"""Who owes what to whom by when, and under which rule: the one source of every to-do list."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.sentences import SentenceField
from secondment.obligations.periods import Period
from secondment.units.models import Unit


class ObligationState(models.TextChoices):
    """An obligation is open until it is met, excused for a reason, or no longer owed since its ground is gone."""

    OPEN = "open", _("待办")
    MET = "met", _("已办")
    EXCUSED = "excused", _("免办")
    WAIVED = "waived", _("不再需要")


class Obligation(models.Model):
    """`role` at `unit` (or one account) owes something by a day.

    The subject is named by type and id because subjects live in apps above this one; `kind` plus
    subject is unique while open, so that asking twice makes one entry. What a cycle asks for is unique by its period.
    """

    kind = models.CharField(_("事项类型"), max_length=60)
    title = SentenceField(_("事项"))
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="obligations", verbose_name=_("责任单位"))
    role = models.CharField(_("责任角色"), max_length=30, choices=Role)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="obligations",
        verbose_name=_("责任人"),
    )
    creditor = models.CharField(_("向谁"), max_length=120)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    path = models.CharField(_("办理页面"), max_length=200)
    due_on = models.DateField(_("截止日期"))
    # of what a cycle asks for: the period (half-open) it is owed for, once a subject and period, whatever became of it,
    # and the organisation department that sees to it while the unit has no account
    period_starts_on = models.DateField(_("期间开始"), null=True, blank=True)
    period_ends_on = models.DateField(_("期间结束"), null=True, blank=True)
    # it stands in to-do lists from this day on; at once where there is none
    opens_on = models.DateField(_("开始提示日期"), null=True, blank=True)
    manager = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("主办组织部门")
    )
    # so late that the organisation department in charge sees to it as well
    escalated_on = models.DateField(_("转主办组织部门日期"), null=True, blank=True)
    excused_reason = models.CharField(_("免办理由"), max_length=200, blank=True)
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("免办决定人"),
    )
    state = models.CharField(_("状态"), max_length=10, choices=ObligationState, default=ObligationState.OPEN)
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    reminded_on = models.DateField(_("最近催办"), null=True, blank=True)
    n_reminders = models.PositiveSmallIntegerField(_("催办次数"), default=0)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = verbose_name_plural = _("待办事项")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "unit", "role"],
                condition=Q(state=ObligationState.OPEN, period_ends_on=None),
                name="obligation_open_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "period_ends_on"],
                condition=~Q(period_ends_on=None),
                name="obligation_period_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "unit", "role"], name="obligation_todo"),
            models.Index(fields=["kind", "period_ends_on", "state"], name="obligation_period"),
            models.Index(fields=["subject_type", "subject_id"], name="obligation_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def trail_path(self) -> str:
        """Its events belong to the organisation department in charge."""
        return (self.manager or self.unit).path

    @property
    def period(self) -> Period:
        """The period it is owed for; only of what a cycle asks for."""
        if self.period_starts_on is None or self.period_ends_on is None:
            raise ValueError(f"{self.kind} is owed for no period")
        return Period(self.period_starts_on, self.period_ends_on)


class CalendarFeed(models.Model):
    """An account lets a calendar program read its to-do list; a fresh `nonce` ends the address before."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name=_("账号")
    )
    nonce = models.CharField(_("随机码"), max_length=40)
    made_at = models.DateTimeField(_("生成时间"))

    class Meta:
        ordering = ["account"]
        verbose_name = verbose_name_plural = _("日历地址")

    def __str__(self) -> str:
        return f"{self.account}"


class Digest(models.Model):
    """An account was told once in this week (its Monday) what waits; so it is not told twice."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("账号")
    )
    week = models.DateField(_("周"))
    n = models.PositiveIntegerField(_("项数"))

    class Meta:
        ordering = ["-week", "account"]
        verbose_name = verbose_name_plural = _("每周提示")
        constraints = [models.UniqueConstraint(fields=["account", "week"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return f"{self.account} {self.week}"
