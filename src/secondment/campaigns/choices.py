"""Code lists of programmes and campaigns."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secondment.common.components import Status


class Purpose(models.TextChoices):
    """What a secondment serves (公务员法 2018, art. 72)."""

    MAJOR_ENGINEERING = "major_engineering", _("重大工程")
    MAJOR_PROJECT = "major_project", _("重大项目")
    KEY_TASK = "key_task", _("重点任务")
    SPECIAL_WORK = "special_work", _("其他专项工作")


class CampaignState(models.TextChoices):
    """State of a campaign, from demand to people in post."""

    DRAFT = "draft", _("筹备")
    OPEN = "open", _("征集推荐")
    REVIEW = "review", _("审查匹配")
    CONSULTATION = "consultation", _("征求意见")
    NOTIFICATION = "notification", _("公示")
    DECIDED = "decided", _("已决定")
    DISPATCHED = "dispatched", _("已派出")
    CANCELLED = "cancelled", _("已取消")


# the life of a campaign that is not called off; from review on it is matched and decided on
MAIN_LINE = tuple(state for state in CampaignState if state is not CampaignState.CANCELLED)
FROM_REVIEW = MAIN_LINE[MAIN_LINE.index(CampaignState.REVIEW) :]
FINISHED = (CampaignState.DISPATCHED, CampaignState.CANCELLED)
CAMPAIGN_STATUS: Mapping[str, Status] = {
    CampaignState.DRAFT: "idle",
    CampaignState.OPEN: "info",
    CampaignState.REVIEW: "info",
    CampaignState.CONSULTATION: "info",
    CampaignState.NOTIFICATION: "info",
    CampaignState.DECIDED: "good",
    CampaignState.DISPATCHED: "good",
    CampaignState.CANCELLED: "idle",
}


class NominationState(models.TextChoices):
    """State of a nomination."""

    NOMINATED = "nominated", _("已推荐")
    WITHDRAWN = "withdrawn", _("已撤回")


class Outcome(models.TextChoices):
    """What became of a nomination, once the result is published; empty before.

    `WITHDRAWN`: a published result was taken back with its decision, and the next one is not published yet.
    """

    CHOSEN = "chosen", _("入选")
    SENT = "sent", _("已派出")
    NOT_CHOSEN = "not_chosen", _("未入选")
    CALLED_OFF = "called_off", _("取消派出")
    WITHDRAWN = "withdrawn", _("决定已撤回")


UNPUBLISHED = ("", Outcome.WITHDRAWN)
"""What a nomination has while nobody but those who decide knows its result."""


OUTCOME_STATUS: Mapping[str, Status] = {
    Outcome.CHOSEN: "good",
    Outcome.SENT: "good",
    Outcome.NOT_CHOSEN: "idle",
    Outcome.CALLED_OFF: "warn",
    Outcome.WITHDRAWN: "warn",
}


class RuleMode(models.TextChoices):
    """What a rule does when it is not met."""

    BLOCK = "block", _("否决")
    WARN = "warn", pgettext_lazy("result of a rule", "提示")
    OFF = "off", _("停用")


class Result(models.TextChoices):
    """Result of one rule for one nomination."""

    PASS = "pass", _("通过")
    WARN = "warn", pgettext_lazy("result of a rule", "提示")
    BLOCK = "block", _("否决")
    EXEMPT = "exempt", _("已批准例外")


GRAVEST_FIRST = (Result.BLOCK, Result.WARN, Result.EXEMPT, Result.PASS)


class LeaveChain(models.TextChoices):
    """Which offices decide on leave, one after the other."""

    HOST = "host", _("接收单位（村为乡镇）")
    HOST_LOCAL = "host_local", _("接收单位，再报接收地组织部门")
    HOST_OWNER = "host_owner", _("接收单位，再报主办组织部门")
    OWNER = "owner", _("主办组织部门")


class AllowanceKind(models.TextChoices):
    """What is paid to somebody on a placement."""

    LIVING = "living", _("生活补助")
    TRANSPORT = "transport", _("交通补助")
    TOWNSHIP = "township", _("乡镇工作补贴")
    HARDSHIP = "hardship", _("艰苦边远地区补助")


class AllowanceUnit(models.TextChoices):
    """What an allowance is counted by."""

    DAY = "day", _("按天")
    MONTH = "month", _("按月")
    TRIP = "trip", _("按次")


class Payer(models.TextChoices):
    """Which office of a placement pays."""

    HOME = "home", _("派出单位")
    HOST = "host", _("接收单位（村为乡镇）")
    OWNER = "owner", _("主办组织部门")
