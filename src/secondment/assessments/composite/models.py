"""What is counted and what is stated about somebody's year, beside what is voted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.assessments.composite.choices import Backing
from secondment.common.models import Versioned


def _account(label: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label)


class QuantityMark(Versioned):
    """The value of a quantitative indicator for one evaluation; its score follows from the rule of the standard.

    No row means that nothing is known, which is never 0.
    """

    evaluation = models.ForeignKey(
        "assessments.Evaluation", models.CASCADE, related_name="quantities", verbose_name=_("年度考核")
    )
    indicator = models.SlugField(_("测评指标"), max_length=30)
    value = models.DecimalField(_("实际值"), max_digits=12, decimal_places=2)
    backing = models.CharField(_("核实程度"), max_length=10, choices=Backing)
    evidence = models.CharField(_("依据"), max_length=300, blank=True)
    recorded_by = _account(_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering = ["evaluation", "indicator"]
        verbose_name = verbose_name_plural = _("量化指标值")
        constraints = [models.UniqueConstraint(fields=["evaluation", "indicator"], name="quantity_mark_once")]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.indicator}"


class QuantityCorrection(models.Model):
    """A value that was corrected after grades had been decided: what it was, what it became and why; rows are only added."""

    evaluation = models.ForeignKey(
        "assessments.Evaluation", models.CASCADE, related_name="corrections", verbose_name=_("年度考核")
    )
    indicator = models.SlugField(_("测评指标"), max_length=30)
    before = models.DecimalField(_("原实际值"), max_digits=12, decimal_places=2)
    before_backing = models.CharField(_("原核实程度"), max_length=10, choices=Backing)
    before_evidence = models.CharField(_("原依据"), max_length=300, blank=True)
    value = models.DecimalField(_("更正后的值"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("更正理由"), max_length=300)
    corrected_by = _account(_("更正人"))
    corrected_at = models.DateTimeField(_("更正时间"))

    class Meta:
        ordering = ["evaluation", "id"]
        verbose_name = verbose_name_plural = _("量化指标值更正")

    def __str__(self) -> str:
        return f"{self.evaluation} {self.indicator}"


class StatedFact(Versioned):
    """What a person has stated about a gate (定性门槛) or a veto (一票否决), and on what basis; it stands apart from every score."""

    evaluation = models.ForeignKey(
        "assessments.Evaluation", models.CASCADE, related_name="stated_facts", verbose_name=_("年度考核")
    )
    indicator = models.SlugField(_("测评指标"), max_length=30)
    is_adverse = models.BooleanField(
        _("不利情形")
    )  # the gate is not passed, or the ground for the veto exists
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    stated_by = _account(_("认定人"))
    stated_at = models.DateTimeField(_("认定时间"))

    class Meta:
        ordering = ["evaluation", "indicator"]
        verbose_name = verbose_name_plural = _("定性认定")
        constraints = [models.UniqueConstraint(fields=["evaluation", "indicator"], name="stated_fact_once")]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.indicator}"
