"""Insurance, medical checks, trips and work fund of a placement, and the lists of what is to be paid (发放明细).

The system pays nothing. An issued list is never changed: what turns out otherwise later stands in the next one as a difference.
"""

import datetime as dt
from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.allowances.entitlement import Entitled, entitled_of_json
from secondment.campaigns.choices import AllowanceKind
from secondment.campaigns.parameters import FEN
from secondment.common.models import HalfOpen
from secondment.obligations.periods import Period
from secondment.placements.models import Placement
from secondment.units.models import Unit

NAME_LENGTH, NUMBER_LENGTH, WORDS_LENGTH = 60, 60, 100


class Recorded(models.Model):
    """A row about a placement and who wrote it down."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="%(class)ss", verbose_name=_("挂职")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    trail_path = property(attrgetter("placement.home_unit.path"))

    class Meta:
        abstract = True


class Voidable(Recorded):
    """A record that was a mistake stays, and counts for nothing."""

    is_void = models.BooleanField(_("已作废"), default=False)
    void_words = models.CharField(_("作废理由"), max_length=WORDS_LENGTH, blank=True)

    class Meta:
        abstract = True


class Insurance(Voidable, HalfOpen):
    """A personal accident insurance (人身意外伤害保险)."""

    insurer = models.CharField(_("保险公司"), max_length=NAME_LENGTH)
    number = models.CharField(_("保险单号"), max_length=NUMBER_LENGTH)
    starts_on = models.DateField(_("保险开始"))
    ends_on = models.DateField(_("保险结束"))

    class Meta:
        ordering = ["-ends_on", "-id"]
        verbose_name = verbose_name_plural = _("人身意外伤害保险")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="insurance_forwards"),
            models.UniqueConstraint(
                fields=["placement", "number", "starts_on"],
                condition=Q(is_void=False),
                name="insurance_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class HealthCheck(Voidable):
    """A medical check: its day alone, never what was found."""

    checked_on = models.DateField(_("体检日期"))

    class Meta:
        ordering = ["-checked_on", "-id"]
        verbose_name = verbose_name_plural = _("健康体检")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "checked_on"], condition=Q(is_void=False), name="health_check_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checked_on}"


class TripCount(Recorded):
    """How often somebody went between home unit and post in a month, as the home unit settles it."""

    month = models.DateField(_("月份"))  # its first day
    n = models.PositiveSmallIntegerField(_("往返次数"))

    class Meta:
        ordering = ["-month"]
        verbose_name = verbose_name_plural = _("往返次数")
        constraints = [models.UniqueConstraint(fields=["placement", "month"], name="trip_count_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.n}"


class FundYear(Recorded):
    """The work fund (驻点工作经费) of a year."""

    year = models.PositiveSmallIntegerField(_("年度"))
    amount_fen = models.PositiveBigIntegerField(_("金额"))

    class Meta:
        ordering = ["-year"]
        verbose_name = verbose_name_plural = _("驻点工作经费")
        constraints = [models.UniqueConstraint(fields=["placement", "year"], name="fund_year_once")]

    def __str__(self) -> str:
        return f"{self.year}"

    @property
    def amount_yuan(self) -> float:
        """The amount."""
        return self.amount_fen / FEN


class FundSpending(Voidable):
    """What of a work fund was spent for what; nobody has to write it down."""

    spent_on = models.DateField(_("支出日期"))
    what = models.CharField(_("用途"), max_length=WORDS_LENGTH)
    amount_fen = models.PositiveBigIntegerField(_("金额"))

    class Meta:
        ordering = ["-spent_on", "-id"]
        verbose_name = verbose_name_plural = _("工作经费支出")

    def __str__(self) -> str:
        return self.what

    @property
    def amount_yuan(self) -> float:
        """The amount."""
        return self.amount_fen / FEN


class PayList(HalfOpen):
    """What an office is to pay for a month or a quarter (发放明细), as it was issued."""

    payer_unit = models.ForeignKey(Unit, models.PROTECT, related_name="pay_lists", verbose_name=_("承担单位"))
    starts_on = models.DateField(_("期间开始"))
    ends_on = models.DateField(_("期间结束"))
    n_months = models.PositiveSmallIntegerField(_("月数"))
    n_people = models.PositiveIntegerField(_("人数"))
    total_fen = models.BigIntegerField(_("合计"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("出具人")
    )
    issued_at = models.DateTimeField(_("出具时间"))
    trail_path = property(attrgetter("payer_unit.path"))

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = verbose_name_plural = _("补助发放明细")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="pay_list_forwards"),
            models.UniqueConstraint(fields=["payer_unit", "starts_on", "ends_on"], name="pay_list_once"),
        ]

    def __str__(self) -> str:
        return f"{self.payer_unit.name} {self.starts_on:%Y-%m}"

    @property
    def period(self) -> Period:
        """The months it is for."""
        return Period(self.starts_on, self.ends_on)


class PayRow(models.Model):
    """One allowance of one person and month: the whole of it, or what differs from what was issued before."""

    pay_list = models.ForeignKey(PayList, models.PROTECT, related_name="rows", verbose_name=_("发放明细"))
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="pay_rows", verbose_name=_("挂职"))
    month = models.DateField(_("月份"))  # its first day
    kind = models.CharField(_("补助"), max_length=10, choices=AllowanceKind)
    # how the amount was reckoned; nothing where the allowance is no longer due at all
    reckoning = models.JSONField(_("计算"), null=True)
    before_fen = models.BigIntegerField(_("此前已发"), default=0)
    amount_fen = models.BigIntegerField(_("金额"))
    is_difference = models.BooleanField(_("补发或扣回"), default=False)

    class Meta:
        ordering = ["pay_list", "id"]
        verbose_name = verbose_name_plural = _("发放明细行")
        constraints = [
            models.UniqueConstraint(fields=["pay_list", "placement", "month", "kind"], name="pay_row_once")
        ]
        indexes = [models.Index(fields=["placement", "month"], name="pay_row_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}"

    @property
    def entitled(self) -> Entitled | None:
        """How the amount was reckoned."""
        return entitled_of_json(self.reckoning) if self.reckoning else None


def month_of(day: dt.date) -> dt.date:
    """The first day of its month."""
    return day.replace(day=1)
