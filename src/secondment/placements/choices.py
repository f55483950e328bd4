"""Code lists of placements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlacementState(models.TextChoices):
    """State of a placement."""

    DECIDED = "decided", _("已决定")
    APPOINTED = "appointed", _("已派任")
    IN_POST = "in_post", _("在挂")
    ENDED = "ended", _("已结束")
    CANCELLED = "cancelled", _("已取消")


class Origin(models.TextChoices):
    """How a placement came into the system."""

    CAMPAIGN = "campaign", _("批次派任")
    SINGLE = "single", _("单人挂职")
    RECORDED = "recorded", _("补录")


class WorkMode(models.TextChoices):
    """How far the person is released from the home unit's work (脱产方式)."""

    FULL = "full", _("全脱产")
    HALF = "half", _("半脱产")
    NONE = "none", _("不脱产")


class TrainingPurpose(models.TextChoices):
    """What the secondment is to give the person (培养目的)."""

    GRASSROOTS = "grassroots", _("缺基层经历")
    HIGHER_ORGAN = "higher_organ", _("缺上级机关经历")
    PROFESSIONAL = "professional", _("专业实践")
    URGENT = "urgent", _("急难险重")
    STEPWISE = "stepwise", _("递进培养")
    OTHER = "other", _("其他")


class Ending(models.TextChoices):
    """How a term ended."""

    EXPIRED = "expired", _("期满")
    EARLY = "early", _("提前结束")
    RECALLED = "recalled", _("召回")
    REPLACED = "replaced", _("撤换")


class TermChangeKind(models.TextChoices):
    """What form F16 changes; the three that shorten a term are endings too."""

    EXTENDED = "extended", _("延期")
    EARLY = Ending.EARLY.value, Ending.EARLY.label
    RECALLED = Ending.RECALLED.value, Ending.RECALLED.label
    REPLACED = Ending.REPLACED.value, Ending.REPLACED.label


class Destination(models.TextChoices):
    """What becomes of the person after the term (去向)."""

    RETURNED = "returned", _("回原单位")
    STAYED = "stayed", _("留任")
    PROMOTED = "promoted", _("提拔使用")
    MOVED = "moved", _("交流到其他单位")
    OTHER = "other", _("其他")


# what a state is called once the last day in post has passed and nobody has closed the term
OVERDUE, OVERDUE_LABEL = "overdue", _("期满待办结")
UNDER_WAY = (PlacementState.APPOINTED, PlacementState.IN_POST)  # the person is out, or has been notified
