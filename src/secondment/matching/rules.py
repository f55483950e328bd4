"""Who may match: the organisation department that owns the campaign; leaders read."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.common.errors import NotAllowedError

READERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def may_match(user: User, campaign: Campaign) -> bool:
    """Only the organisation department computes, changes and chooses."""
    return covers(user, campaign.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def can_match(user: User, campaign: Campaign) -> bool:
    """Whether the buttons are shown: the right, and a campaign under review."""
    return may_match(user, campaign) and campaign.state == CampaignState.REVIEW


def require(is_allowed: bool, message: str) -> None:  # noqa: FBT001 -- reads as a sentence where it is called
    """Refuse with 403 unless allowed."""
    if not is_allowed:
        raise NotAllowedError(message)
