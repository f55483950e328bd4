"""Perhaps the same person twice: the question, and what a merge moved."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.people.choices import (
    Likeness,
    PairState,
)
from secondment.people.models.persons import Person
from secondment.units.models import Unit


class SuspectedPair(models.Model):
    """Two persons who may be one (疑似重复人员), and what was decided; `first` has the smaller key.

    `unit` is the lowest unit above both: those who keep all files below it decide. None: no unit is above both.
    """

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("人员一"))
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("人员二"))
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("共同上级单位")
    )
    likeness = models.CharField(_("相同之处"), max_length=10, choices=Likeness)
    state = models.CharField(_("状态"), max_length=10, choices=PairState, default=PairState.OPEN)
    found_at = models.DateTimeField(_("发现时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("核实人"),
    )
    decided_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    reason = models.CharField(_("核实说明"), max_length=200, blank=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        verbose_name = verbose_name_plural = _("疑似重复人员")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="suspected_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="suspected_pair_in_order"),
        ]
        indexes = [models.Index(fields=["state", "unit"], name="suspected_pair_state")]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class PersonMerge(models.Model):
    """Two persons made one: what moved from `merged` to `kept`, so that it can be undone.

    `moved` holds rows by model and field, columns as they were, and sealed values as they were (still sealed).
    """

    pair = models.ForeignKey(SuspectedPair, models.PROTECT, related_name="merges", verbose_name=_("疑似重复"))
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("保留的人员"))
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("并入的人员"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("合并人")
    )
    at = models.DateTimeField(_("合并时间"))
    reason = models.CharField(_("核实说明"), max_length=200)
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    kept_version = models.PositiveIntegerField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("撤销人"),
    )
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = verbose_name_plural = _("人员合并")
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at=None), name="person_merged_once")
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"
