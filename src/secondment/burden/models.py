"""Budgets of minutes, what was let through beyond them, requests outside of the register, and the yearly review."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.burden.choices import Addressed, RequestState, Verdict
from secondment.campaigns.models import Programme
from secondment.units.models import Unit

TITLE_LENGTH = 60
WORDS_LENGTH = 200
MOST_FIELDS = 30
MOST_CHARACTERS = 1_000


def _account(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label)


class Budget(models.Model):
    """How many minutes a year a role may be asked for about one secondee; without a row the usual number holds."""

    role = models.CharField(_("角色"), max_length=30, choices=Role, unique=True)
    minutes = models.PositiveSmallIntegerField(_("每年分钟数"))
    basis = models.CharField(_("依据"), max_length=WORDS_LENGTH)
    set_by = _account(_("设定人"))
    set_at = models.DateTimeField(_("设定时间"))

    class Meta:
        ordering = ["role"]
        verbose_name = verbose_name_plural = _("减负预算")
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="budget_is_something")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.minutes}"


class LetThrough(models.Model):
    """A named leader let a programme ask for more minutes of a role than the budget holds, for a written reason."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="let_through", verbose_name=_("挂职项目")
    )
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    minutes = models.PositiveSmallIntegerField(_("同意的每年分钟数"))
    leader = models.CharField(_("同意的领导"), max_length=40)
    reason = models.CharField(_("理由"), max_length=WORDS_LENGTH)
    let_by = _account(_("登记人"))
    let_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = _("超预算放行")

    def __str__(self) -> str:
        return f"{self.programme} {self.get_role_display()}"


class Request(models.Model):
    """A request outside of the register (一事一报): counted before it is issued, answered by offices in a few words."""

    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="requests", verbose_name=_("提出单位"))
    title = models.CharField(_("事项"), max_length=TITLE_LENGTH)
    role = models.CharField(_("要求谁报"), max_length=30, choices=Addressed)
    n_fields = models.PositiveSmallIntegerField(_("项数"))
    characters = models.PositiveSmallIntegerField(_("字数上限"))
    due_on = models.DateField(_("截止日期"))
    readers = models.CharField(_("谁看"), max_length=WORDS_LENGTH)
    basis = models.CharField(_("依据"), max_length=WORDS_LENGTH)
    replaces = models.CharField(_("代替什么"), max_length=WORDS_LENGTH, blank=True)
    # as it was counted on the day of issue
    minutes = models.FloatField(_("每个单位分钟数"))
    n_offices = models.PositiveIntegerField(_("单位数"))
    # who let it through beyond the budget, and why
    leader = models.CharField(_("同意的领导"), max_length=40, blank=True)
    leader_reason = models.CharField(_("超预算理由"), max_length=WORDS_LENGTH, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=RequestState, default=RequestState.ISSUED)
    issued_by = _account(_("经办人"))
    issued_at = models.DateTimeField(_("发出时间"))
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["-issued_at", "-id"]
        verbose_name = verbose_name_plural = _("临时报送事项")

    def __str__(self) -> str:
        return self.title


class Answer(models.Model):
    """What an office answers to a request; a later answer takes the place of an earlier until the request is closed."""

    request = models.ForeignKey(
        Request, models.CASCADE, related_name="answers", verbose_name=_("临时报送事项")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("答复单位"))
    text = models.TextField(_("答复"))
    answered_by = _account(_("答复人"))
    answered_at = models.DateTimeField(_("答复时间"))
    trail_path = property(attrgetter("unit.path"))

    class Meta:
        ordering = ["request", "unit__path"]
        verbose_name = verbose_name_plural = _("临时报送答复")
        constraints = [models.UniqueConstraint(fields=["request", "unit"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.request} {self.unit}"


class FormReview(models.Model):
    """What was decided about a form in the review of a year; the last word counts."""

    code = models.CharField(_("表单"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    verdict = models.CharField(_("决定"), max_length=10, choices=Verdict)
    reason = models.CharField(_("理由"), max_length=WORDS_LENGTH)
    decided_by = _account(_("决定登记人"))
    decided_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = _("表单复核")

    def __str__(self) -> str:
        return f"{self.year} {self.code}"
