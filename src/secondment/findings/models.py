"""Findings, and the facts that they cite."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.common.sentences import SentenceField
from secondment.findings.choices import FindingState, Side, Source, Theme
from secondment.placements.models import Placement

TEXT_LENGTH = 300
WORDS_LENGTH = 200
NAME_LENGTH = 40


class Finding(models.Model):
    """What a side finds about a year of a placement, under one theme, signed by a person.

    It is never changed: a correction is a new one that replaces it. What speaks against it has a field of its own.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="findings", verbose_name=_("挂职"))
    year = models.PositiveSmallIntegerField(_("考核年度"))
    side = models.CharField(_("评价方"), max_length=10, choices=Side)
    theme = models.CharField(_("方面"), max_length=10, choices=Theme)
    text = models.CharField(_("评语"), max_length=TEXT_LENGTH)
    contrary_words = models.CharField(_("相反情况"), max_length=TEXT_LENGTH, blank=True)
    source = models.CharField(_("来源"), max_length=8, choices=Source, default=Source.ACCOUNT)
    signer = models.CharField(_("署名人"), max_length=NAME_LENGTH)
    signed_on = models.DateField(_("署名日期"))
    state = models.CharField(_("状态"), max_length=10, choices=FindingState, default=FindingState.STANDING)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("更正的评语"),
    )
    withdrawn_words = models.CharField(_("撤回理由"), max_length=WORDS_LENGTH, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填写账号")
    )
    written_at = models.DateTimeField(_("填写时间"))
    trail_path = property(attrgetter("placement.owner_unit.path"))

    class Meta:
        ordering = ["-year", "placement", "side", "id"]
        verbose_name = verbose_name_plural = _("评语依据")
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(signer=""), name="finding_text_and_signer"),
        ]
        indexes = [models.Index(fields=["placement", "year", "state"], name="finding_placement_year")]

    def __str__(self) -> str:
        return f"{self.placement.person.name} {self.year} {self.get_theme_display()}"


class Citation(models.Model):
    """A fact on which a finding rests, or that speaks against it: its label, its day and its digest as they were."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="citations", verbose_name=_("评语依据"))
    number = models.PositiveSmallIntegerField(_("序号"))
    is_contrary = models.BooleanField(_("相反情况"), default=False)
    kind = models.CharField(_("类型"), max_length=20)
    key = models.CharField(max_length=60)
    label = SentenceField(_("事实"))
    on = models.DateField(_("日期"))
    digest = models.CharField(_("摘要值"), max_length=64)

    class Meta:
        ordering = ["finding", "number"]
        verbose_name = verbose_name_plural = _("事实依据")
        constraints = [
            models.UniqueConstraint(fields=["finding", "kind", "key"], name="citation_once"),
            models.UniqueConstraint(fields=["finding", "number"], name="citation_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.label)
