"""Code lists of placements."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.common.listed import listed
from secondment.files.codes.placements import APPOINTMENTS, DESTINATIONS, WORK_MODES


class PlacementState(models.TextChoices):
    """State of a placement."""

    DECIDED = "decided", _("已决定")
    APPOINTED = "appointed", _("已派任")
    IN_POST = "in_post", _("在挂")
    ENDED = "ended", _("已结束")
    CANCELLED = "cancelled", _("已取消")


class NoticeState(models.TextChoices):
    """What became of a number that was given to a notice: none is lost without a word."""

    IN_FORCE = "in_force", _("有效")
    CORRECTED = "corrected", _("已更正")
    WITHDRAWN = "withdrawn", _("作废")


class Origin(models.TextChoices):
    """How a placement came into the system."""

    CAMPAIGN = "campaign", _("批次派任")
    SINGLE = "single", _("单人挂职")
    RECORDED = "recorded", _("补录")


class WorkMode(models.TextChoices):
    """How far the person is released from the home unit's work (脱产方式)."""

    FULL = listed(WORK_MODES, "full")
    HALF = listed(WORK_MODES, "half")
    NONE = listed(WORK_MODES, "none")


class AppointmentKind(models.TextChoices):
    """Who appoints to the host post by law (法定任免)."""

    PARTY = listed(APPOINTMENTS, "party")
    CONGRESS = listed(APPOINTMENTS, "congress")
    GOVERNMENT = listed(APPOINTMENTS, "government")


class GroupKind(models.TextChoices):
    """What a group of placements is."""

    TEAM = "team", _("工作队")
    BRANCH = "branch", _("临时党支部")
    LIAISON = "liaison", _("联络组")


class GroupPosition(models.IntegerChoices):
    """What somebody is in a group; in this order they are listed."""

    LEADER = 1, _("负责人")
    DEPUTY = 2, _("副职")
    MEMBER = 3, _("成员")


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

    RETURNED = listed(DESTINATIONS, "returned")
    STAYED = listed(DESTINATIONS, "stayed")
    PROMOTED = listed(DESTINATIONS, "promoted")
    MOVED = listed(DESTINATIONS, "moved")
    OTHER = listed(DESTINATIONS, "other")


class EndIntention(models.TextChoices):
    """What the organisation department intends for the end of a term."""

    RETURN = "return", _("按期返回")
    EXTEND = "extend", _("拟延期")
    STAY = "stay", _("拟留任")
    MOVE = "move", _("拟交流、提拔")


# what a state is called once the last day in post has passed and nobody has closed the term
OVERDUE, OVERDUE_LABEL = "overdue", _("期满待办结")
UNDER_WAY = (PlacementState.APPOINTED, PlacementState.IN_POST)  # the person is out, or has been notified
