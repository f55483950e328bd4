"""Code lists of assessments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """The unit that assesses, or that is heard."""

    HOST = "host", _("接收单位")
    HOME = "home", _("派出单位")

    @property
    def other(self) -> "Side":
        """The side that is heard when this one assesses."""
        return Side.HOME if self == Side.HOST else Side.HOST


class OpinionSource(models.TextChoices):
    """How an opinion came into the system."""

    ACCOUNT = "account", _("单位账号填报")
    PAPER = "paper", _("组织部门据纸质件登记")
    WORKBOOK = "workbook", _("汇总表导入")


class SummaryKind(models.TextChoices):
    """What a secondee writes about a year: the last text of a term is the self-appraisal."""

    YEAR = "year", _("年度个人总结")
    FINAL = "final", _("自我鉴定")


class SummarySource(models.TextChoices):
    """How a summary came into the system."""

    OWN = "own", _("本人填写")
    CLERK = "clerk", _("单位代录")
    WORKBOOK = "workbook", _("汇总表导入")


class PoolKind(models.TextChoices):
    """Among whom the places for 优秀 are counted."""

    CIVIL = "civil", _("公务员（非领导职务）")
    LEADER = "leader", _("领导干部")
    SPECIALIST = "specialist", _("专业技术人员")
    ENTERPRISE = "enterprise", _("企业领导人员")
    ELSEWHERE = "elsewhere", _("占派出单位名额")


class QuotaBasis(models.TextChoices):
    """Which share of the programme holds for a pool."""

    ORDINARY = "ordinary", _("一般比例")
    APPROVED = "approved", _("经主管部门批准的比例")
    GOOD_TEAM = "good_team", _("班子考核优秀")
    FAIR_TEAM = "fair_team", _("班子考核一般")
    POOR_TEAM = "poor_team", _("班子考核较差")


class DecisionKind(models.TextChoices):
    """What a decision does to grades."""

    DECIDE = "decide", _("确定等次")
    CORRECT = "correct", _("更正等次")
    WITHDRAW = "withdraw", _("撤销等次")


class DecisionState(models.TextChoices):
    """How far a decision is."""

    RECORDED = "recorded", _("待复核")
    CONFIRMED = "confirmed", _("已决定")
    POSTED = "posted", _("公示中")
    IN_FORCE = "in_force", _("已生效")
    RETURNED = "returned", _("已退回")


# What an evaluation is called before any decision names it.
WAITING, WAITING_LABEL = "waiting", _("待填意见")
READY, READY_LABEL = "ready", _("待决定")
STAGES = [
    (WAITING, WAITING_LABEL),
    (READY, READY_LABEL),
    *(one for one in DecisionState.choices if one[0] != DecisionState.RETURNED),
]
