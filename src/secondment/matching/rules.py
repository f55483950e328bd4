"""Who may match: the organisation department that owns the campaign; leaders read."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage
from secondment.common.errors import require

READERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def can_match(user: User, campaign: Campaign) -> bool:
    """Whether the buttons are shown: the right, and a campaign under review."""
    return may_manage(user, campaign) and campaign.state == CampaignState.REVIEW


def require_may_compute(user: User, campaign: Campaign) -> None:
    """Only the owner starts runs."""
    require(may_manage(user, campaign), _("只有主办批次的组织部门可以发起匹配计算。"))


def require_may_adjust(user: User, campaign: Campaign) -> None:
    """Only the owner changes proposals."""
    require(may_manage(user, campaign), _("只有主办批次的组织部门可以调整方案。"))


def require_may_set_rules(user: User, campaign: Campaign) -> None:
    """Only the owner sets side rules."""
    require(may_manage(user, campaign), _("只有主办批次的组织部门可以设定附加规则。"))
