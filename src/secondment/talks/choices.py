"""Code lists of talks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.listed import listed
from secondment.files.codes.talks import FOLLOW_UP_OWNERS, TALK_KINDS, TALK_OFFICES


class TalkKind(models.TextChoices):
    """Why somebody is talked with (form F10)."""

    HEART = listed(TALK_KINDS, "heart")
    ARRIVAL = listed(TALK_KINDS, "arrival")
    MIDDLE = listed(TALK_KINDS, "middle")
    BEFORE_END = listed(TALK_KINDS, "end")
    REMINDER = listed(TALK_KINDS, "reminder")
    VISIT = listed(TALK_KINDS, "visit")


class Side(models.TextChoices):
    """Which party of a placement an office is."""

    HOST = listed(TALK_OFFICES, "host")
    HOME = listed(TALK_OFFICES, "home")
    DEPARTMENT = listed(TALK_OFFICES, "department")


class Owner(models.TextChoices):
    """Which office sees to an item that follows from a talk."""

    OWN = listed(FOLLOW_UP_OWNERS, "own")
    HOST = listed(FOLLOW_UP_OWNERS, "host")
    HOME = listed(FOLLOW_UP_OWNERS, "home")
    DEPARTMENT = listed(FOLLOW_UP_OWNERS, "department")


ROLE_OF: dict[str, Role] = {
    "host": Role.HOST_UNIT,
    "home": Role.HOME_UNIT,
    "department": Role.ORGANISATION_DEPARTMENT,
}
"""Side or owner → the role that acts for it."""
UNIT_OF = {"host": "host_unit", "home": "home_unit", "department": "owner_unit"}
"""Side or owner → the unit of a placement that it is."""
TALKERS = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)


class Source(models.TextChoices):
    """How a talk came in."""

    OWN = "own", _("网页登记")
    WORKBOOK = "workbook", _("汇总表")


class FollowUpState(models.TextChoices):
    """What became of an item."""

    OPEN = "open", _("办理中")
    DONE = "done", _("已办结")
    NOT_POSSIBLE = "not_possible", _("无法办理")


class SuggestionCategory(models.TextChoices):
    """What somebody complains of or suggests."""

    INTERFERENCE = "interference", _("指手画脚、越权干预")
    ABUSE = "abuse", _("滥用职权、以权谋私")
    BURDEN = "burden", _("负担过重")
    BENEFITS = "benefits", _("待遇保障")
    OTHER = "other", _("其他")


class SuggestionState(models.TextChoices):
    """What became of a letter."""

    WAITING = "waiting", _("待答复")
    ANSWERED = "answered", _("已答复")


CONDUCT = (SuggestionCategory.INTERFERENCE, SuggestionCategory.ABUSE)
"""About how somebody behaves: the office that answers says what it found."""


class Finding(models.TextChoices):
    """What an office found of a complaint about somebody's conduct."""

    CONFIRMED = "confirmed", _("属实")
    PARTLY = "partly", _("部分属实")
    UNFOUNDED = "unfounded", _("不属实")
    UNCLEAR = "unclear", _("无法核实")


class GatheringKind(models.TextChoices):
    """What people are brought together for."""

    BEFORE = "before", _("岗前培训")
    TRAINING = "training", _("任中培训")
    MEETING = "meeting", _("座谈交流")


class GatheringState(models.TextChoices):
    """How far an organiser is with it."""

    PLANNED = "planned", _("拟定中")
    SENT = "sent", _("已通知")
    HELD = "held", _("已登记到会")
    CANCELLED = "cancelled", _("已取消")


OPEN_STATES = (GatheringState.PLANNED, GatheringState.SENT)
"""In which its day, place and list may change."""
