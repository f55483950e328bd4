"""What named raters of the home unit say of a nominee's five abilities, once, at nomination."""

from operator import attrgetter

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secondment.campaigns.models import Nomination
from secondment.common.models import Versioned
from secondment.people.choices import Ability
from secondment.standards.models import StandardVersion


class AbilityReview(Versioned):
    """The review of one nominee: the scale it used, and the day its values bear in the person's file."""

    nomination = models.OneToOneField(
        Nomination, models.CASCADE, related_name="ability_review", verbose_name=_("推荐")
    )
    # none: the usual scale, because no standard was signed for this category of officials
    standard = models.ForeignKey(
        StandardVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("测评标准"),
    )
    rated_on = models.DateField(_("评议日期"))
    correction = models.CharField(_("更正理由"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    recorded_at = models.DateTimeField(_("登记时间"))
    trail_path = property(attrgetter("nomination.home_unit.path"))

    class Meta:
        ordering = ["-rated_on", "-id"]
        verbose_name = verbose_name_plural = _("能力评议")

    def __str__(self) -> str:
        return f"{self.nomination} {self.rated_on}"


class AbilityMark(models.Model):
    """What one named rater thinks of one ability."""

    review = models.ForeignKey(
        AbilityReview, models.CASCADE, related_name="marks", verbose_name=_("能力评议")
    )
    rater = models.CharField(_("评议人"), max_length=40)
    duty = models.CharField(_("单位职务"), max_length=80, blank=True)
    ability = models.CharField(_("能力"), max_length=20, choices=Ability)
    level = models.PositiveSmallIntegerField(_("档次"))  # from 1, the lowest

    class Meta:
        ordering = ["review", "id"]
        verbose_name = verbose_name_plural = _("能力评分")
        constraints = [
            models.UniqueConstraint(fields=["review", "rater", "ability"], name="ability_mark_once"),
            models.CheckConstraint(condition=Q(level__gte=1), name="ability_level_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.rater} {self.ability}"
