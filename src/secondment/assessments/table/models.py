"""Computed tables of a pool, and what members of the committee said when they compared two people."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secondment.assessments.composite.choices import Basis


def _account(label: Any, *, null: bool = False) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name="+", verbose_name=label
    )


class CommitteeTable(models.Model):
    """One computation for a pool with everything that went in and came out; the newest of a pool is the one that counts.

    `held_digest` names changed inputs under which a person has said, with a reason, that the table holds nevertheless.
    """

    pool = models.ForeignKey(
        "assessments.Pool", models.CASCADE, related_name="tables", verbose_name=_("名额分组")
    )
    basis = models.CharField(_("评议得分"), max_length=5, choices=Basis)
    inputs = models.JSONField(_("计算依据"))
    digest = models.CharField(_("计算依据摘要"), max_length=64)
    results = models.JSONField(_("计算结果"))
    software_version = models.CharField(_("软件版本"), max_length=40)
    calculated_by = _account(_("计算人"))
    calculated_at = models.DateTimeField(_("计算时间"))
    held_digest = models.CharField(_("确认时的依据摘要"), max_length=64, blank=True)
    held_reason = models.CharField(_("仍然适用的理由"), max_length=300, blank=True)
    held_by = _account(_("核对人"), null=True)
    held_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    trail_path = property(attrgetter("pool.register.owner_unit.path"))

    class Meta:
        ordering = ["pool", "-id"]
        verbose_name = verbose_name_plural = _("评定表")

    def __str__(self) -> str:
        return str(self.pool)


class Comparison(models.Model):
    """A member of the committee prefers one of two people in the grey zone: a judgement, and recorded as one."""

    pool = models.ForeignKey(
        "assessments.Pool", models.CASCADE, related_name="comparisons", verbose_name=_("名额分组")
    )
    # the two in the order of their keys, so that a pair has one row a member
    first = models.ForeignKey(
        "assessments.Evaluation", models.CASCADE, related_name="+", verbose_name=_("甲")
    )
    second = models.ForeignKey(
        "assessments.Evaluation", models.CASCADE, related_name="+", verbose_name=_("乙")
    )
    prefers_first = models.BooleanField(_("甲更优"))
    judge = models.CharField(_("评议委员"), max_length=40)
    recorded_by = _account(_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"))
    # one that was taken back stays with its reason, and counts no more
    withdrawn_reason = models.CharField(_("撤回理由"), max_length=300, blank=True)
    withdrawn_by = _account(_("撤回人"), null=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    trail_path = property(attrgetter("pool.register.owner_unit.path"))

    class Meta:
        ordering = ["pool", "judge", "id"]
        verbose_name = verbose_name_plural = _("两两比较意见")
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "first", "second", "judge"],
                condition=Q(withdrawn_at=None),
                name="comparison_once",
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="comparison_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.judge} {self.first} {self.second}"
