"""Standards of assessment as data: a template, its versions, and the indicators of each."""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Programme
from secondment.common.models import Versioned
from secondment.people.choices import Ability, Category
from secondment.standards.choices import IN_HAND, Effect, IndicatorKind, Part, VersionState
from secondment.standards.sources import Source
from secondment.units.models import Unit

# what of an indicator is signed, besides its code and place
CONTENT = (
    "part",
    "title",
    "weight",
    "kind",
    "source",
    "anchors",
    "ability",
    "for_masses",
    "masses_title",
    "points",
    "unit_of_measure",
    "effect",
    "word_reason",
)


def _account(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class Standard(models.Model):
    """The template by which an organisation department assesses one category of officials, perhaps of one programme only."""

    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="standards", verbose_name=_("制定单位"))
    name = models.CharField(_("名称"), max_length=60)
    category = models.CharField(_("人员类别"), max_length=20, choices=Category)
    # none: every programme that has no standard of its own
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("挂职项目")
    )
    trail_path = property(attrgetter("owner_unit.path"))

    class Meta:
        ordering = ["owner_unit__path", "category", "name"]
        verbose_name = verbose_name_plural = _("测评标准")
        constraints = [models.UniqueConstraint(fields=["owner_unit", "name"], name="standard_name_once")]

    def __str__(self) -> str:
        return self.name


class StandardVersion(Versioned):
    """A version of a standard: open to change as a draft, in use once a second person has signed it."""

    standard = models.ForeignKey(
        Standard, models.CASCADE, related_name="versions", verbose_name=_("测评标准")
    )
    number = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    level_names = models.JSONField(_("评价档次"), default=list)  # from the lowest to the highest
    level_scores = models.JSONField(_("档次分值"), default=list)  # in the same order, e.g. [40, 60, 80, 100]
    group_weights = models.JSONField(_("评议主体权重"), default=dict)  # code of a group → percent, 100 in all
    group_basis = models.CharField(_("权重依据"), max_length=200, blank=True)
    # by which weights were found, if so: one comparison of the parts, one for each part
    judgements = models.JSONField(_("两两比较"), default=list, blank=True)
    note = models.CharField(_("修订说明"), max_length=200, blank=True)
    remark = models.CharField(_("退回或停用理由"), max_length=200, blank=True)
    drafted_by = _account(_("起草人"))
    drafted_at = models.DateTimeField(_("起草时间"))
    # everybody who took part in the draft: none of them signs it
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("参与起草")
    )
    signed_by = _account(_("签批人"))
    signed_at = models.DateTimeField(_("签批时间"), null=True, blank=True)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    trail_path = property(attrgetter("standard.owner_unit.path"))

    class Meta:
        ordering = ["standard", "-number"]
        verbose_name = verbose_name_plural = _("测评标准版本")
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["standard"], condition=Q(state=VersionState.SIGNED), name="one_signed_version"
            ),
            models.UniqueConstraint(
                fields=["standard"], condition=Q(state__in=IN_HAND), name="one_version_in_hand"
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(name)s（第 %(number)d 版）") % {"name": self.standard.name, "number": self.number})


class Indicator(models.Model):
    """One thing that is judged or counted."""

    version = models.ForeignKey(
        StandardVersion, models.CASCADE, related_name="indicators", verbose_name=_("测评标准版本")
    )
    code = models.SlugField(
        _("代码"), max_length=30
    )  # the same from version to version: results are compared by it
    position = models.PositiveSmallIntegerField(_("次序"))
    part = models.CharField(_("部分"), max_length=12, choices=Part)
    title = models.CharField(_("指标"), max_length=30)
    weight = models.PositiveSmallIntegerField(_("权重"), default=0)  # percent; gates and vetoes have none
    kind = models.CharField(_("类型"), max_length=12, choices=IndicatorKind)
    source = models.CharField(_("依据来源"), max_length=20, choices=Source)
    anchors = models.JSONField(_("行为描述"), default=list, blank=True)  # one a level, lowest first
    ability = models.CharField(_("对应能力"), max_length=20, choices=Ability, blank=True)
    for_masses = models.BooleanField(_("列入群众票"), default=False)
    masses_title = models.CharField(_("群众票措辞"), max_length=30, blank=True)
    points = models.JSONField(
        _("计分规则"), default=list, blank=True
    )  # [[value, score], …] of a quantitative one
    unit_of_measure = models.CharField(_("计量单位"), max_length=12, blank=True)
    effect = models.CharField(_("影响"), max_length=16, choices=Effect, blank=True)  # of gates and vetoes
    # why a title with a word of the list of `sources` is right nevertheless
    word_reason = models.CharField(_("确认理由"), max_length=200, blank=True)

    class Meta:
        ordering = ["version", "position"]
        verbose_name = verbose_name_plural = _("测评指标")
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="indicator_code_once"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="indicator_weight_at_most_100"),
        ]

    def __str__(self) -> str:
        return self.title
