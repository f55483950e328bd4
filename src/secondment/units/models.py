"""Regions (GB/T 2260) and the tree of units; "home" and "host" are roles a unit plays, not kinds of unit."""

import datetime as dt
from operator import attrgetter
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.common.models import Versioned
from secondment.units.choices import RegionLevel, UnitKind, UnitLevel

LONGEST_NAME = 120  # of a unit


class Region(models.Model):
    """A region by its GB/T 2260 code (2, 4 or 6 digits) or statistical township code (9 digits)."""

    code = models.CharField(_("区划代码"), max_length=9, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=10, choices=RegionLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级区划")
    )
    full_name = models.CharField(_("全称"), max_length=120)

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = _("行政区划")

    def __str__(self) -> str:
        return self.full_name

    @property
    def written(self) -> str:
        """The text of a cell or field that can be read back: the code where the region above has the same name."""
        return self.code if self.parent and self.parent.full_name == self.full_name else self.full_name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Ways to walk the tree with one query."""

    def under(self, unit: "Unit") -> Self:
        """`unit` and everything below it."""
        return self.filter(path__startswith=unit.path)


class Unit(Versioned):
    """An organ, enterprise, institution, township or village.

    `path` holds the ids from the root down to this unit, each followed by a slash ("3/17/"), so that a
    subtree is one prefix query on every database. Services keep it; nothing else writes it.
    """

    name = models.CharField(_("单位名称"), max_length=LONGEST_NAME)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    # as documents sign it; empty: the name, or what `official_names` makes of it
    official_name = models.CharField(_("公文落款全称"), max_length=LONGEST_NAME, blank=True)
    kind = models.CharField(_("单位类别"), max_length=30, choices=UnitKind)
    level = models.CharField(_("单位层级"), max_length=12, choices=UnitLevel)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="units", verbose_name=_("所在区划")
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级单位")
    )
    path = models.CharField(max_length=200, editable=False, db_index=True)
    position = models.PositiveIntegerField(_("排序"), default=0)
    is_active = models.BooleanField(_("在用"), default=True)
    # of another province, a central organ, an enterprise: needs no account, its papers are recorded by the owner
    is_external = models.BooleanField(_("外部单位"), default=False)

    objects = UnitQuerySet.as_manager()
    trail_path = property(attrgetter("path"))

    class Meta:
        ordering = ["path"]
        verbose_name = verbose_name_plural = _("单位")
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="unit_credit_code_once"
            ),
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_below_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """How far below the root: 0 for a root."""
        return self.path.count("/") - 1

    def is_under(self, other: "Unit") -> bool:
        """Whether this unit is `other` or below it."""
        return self.path.startswith(other.path)


class UnitPeriod(models.Model):
    """A unit's name and place in a half-open period: the history kept by moves."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="periods", verbose_name=_("单位"))
    name = models.CharField(_("单位名称"), max_length=LONGEST_NAME)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上级单位")
    )
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    reason = models.CharField(_("事由"), max_length=200, blank=True)

    class Meta:
        ordering = ["unit", "starts_on"]
        verbose_name = verbose_name_plural = _("单位沿革")
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ends_on=None), name="unit_one_open_period"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("starts_on")), name="unit_period_forwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_on}"

    @property
    def last_day(self) -> dt.date | None:
        """The last day of this name and place; None for the present one."""
        return self.ends_on and self.ends_on - dt.timedelta(days=1)
