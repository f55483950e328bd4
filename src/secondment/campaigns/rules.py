"""Who may do what to programmes, campaigns and nominations; unit paths only, no query."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role, paths_of
from secondment.campaigns.choices import CampaignState, NominationState
from secondment.campaigns.eligibility_rules import RULES
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.campaigns.states import TRANSITIONS, UNDECIDED
from secondment.common.errors import require
from secondment.people.sections import read_by
from secondment.units.models import Unit

EDITABLE = frozenset({CampaignState.DRAFT, CampaignState.OPEN})
BEFORE_CONSULTATION = EDITABLE | {CampaignState.REVIEW}
# later actions of the state table belong to matching and decision
OWN_ACTIONS = ("open_campaign", "close_nominations", "reopen_nominations", "cancel_campaign")


def may_read_programmes(user: User) -> bool:
    """Organisation departments and leaders read every programme."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def may_publish_programmes(user: User) -> bool:
    """Only the organisation department of an entire tree of units may change what all campaigns use."""
    return any(path.count("/") == 1 for path in paths_of(user, Role.ORGANISATION_DEPARTMENT))


def require_may_publish_programmes(user: User) -> None:
    """Only the highest organisation department publishes."""
    require(may_publish_programmes(user), _("只有最高一级组织部门可以修订挂职项目。"))


def may_publish_variant(user: User, unit: Unit) -> bool:
    """The organisation department of that very unit, as long as one above it keeps the programme."""
    return unit.path.count("/") > 1 and unit.path in paths_of(user, Role.ORGANISATION_DEPARTMENT)


def require_may_publish_variant(user: User, unit: Unit) -> None:
    """Nobody sets for another county, nor the highest department for itself."""
    require(may_publish_variant(user, unit), _("县级规定由本县组织部门发布。"))


def may_create_campaigns(user: User) -> bool:
    """Any organisation department, for a unit of its scope."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)


def may_manage(user: User, campaign: Campaign) -> bool:
    """The organisation department that owns the campaign."""
    return covers(user, campaign.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def may_read_all(user: User, campaign: Campaign) -> bool:
    """The owner and its leaders see every unit's part of the campaign."""
    return covers(user, campaign.owner_unit.path, Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def may_edit(user: User, campaign: Campaign) -> bool:
    """The owner, while nothing is matched yet."""
    return may_manage(user, campaign) and campaign.state in EDITABLE


def may_check(user: User, campaign: Campaign) -> bool:
    """The owner checks eligibility and records exceptions as long as nothing is decided."""
    return may_manage(user, campaign) and campaign.state in UNDECIDED


def require_may_exempt(user: User, campaign: Campaign) -> None:
    """Only the owner records exceptions."""
    require(may_check(user, campaign), _("只有主办组织部门可以登记例外。"))


def require_may_check(user: User, campaign: Campaign) -> None:
    """Only the owner checks eligibility, before the decision."""
    require(may_check(user, campaign), _("只有主办组织部门可以在集体决定之前进行资格审查。"))


def may_rearrange(user: User, campaign: Campaign) -> bool:
    """The owner forms teams and takes nominations back until consultation begins."""
    return may_manage(user, campaign) and campaign.state in BEFORE_CONSULTATION


def may_share_candidates(user: User, campaign: Campaign) -> bool:
    """The owner shows candidates to host units during review."""
    return may_manage(user, campaign) and campaign.state == CampaignState.REVIEW


def may_nominate_for(user: User, campaign: Campaign, home_path: str) -> bool:
    """The home unit for its people, or the owner on its behalf, while nominations are open."""
    is_party = covers(user, home_path, Role.HOME_UNIT) or may_manage(user, campaign)
    return is_party and campaign.state == CampaignState.OPEN


def rules_kept_from(user: User, campaign: Campaign) -> frozenset[str]:
    """Rules whose facts about nominees the account may not read: such a finding is shown with neither rule nor fact.

    The owner decides on every finding. Home units and leaders read what the table lets both of them read.
    """
    if may_manage(user, campaign):
        return frozenset()
    readable = read_by(Role.HOME_UNIT) & read_by(Role.LEADER)
    return frozenset(rule.code for rule in RULES if not rule.sections <= readable)


def may_read_nomination(user: User, nomination: Nomination) -> bool:
    """The home unit, the owner and its leaders; the person sees preferences only."""
    return covers(user, nomination.home_unit.path, Role.HOME_UNIT) or may_read_all(user, nomination.campaign)


def may_withdraw(user: User, nomination: Nomination) -> bool:
    """The home unit while nominations are open; the owner until consultation begins."""
    if nomination.state != NominationState.NOMINATED:
        return False
    return may_nominate_for(user, nomination.campaign, nomination.home_unit.path) or may_rearrange(
        user, nomination.campaign
    )


def may_state_preferences(user: User, nomination: Nomination) -> bool:
    """The person; or on paper through the home unit or the owner. Until consultation begins."""
    is_party = nomination.person.account_id == user.pk or covers(
        user, nomination.home_unit.path, Role.HOME_UNIT
    )
    is_live = (
        nomination.state == NominationState.NOMINATED and nomination.campaign.state in BEFORE_CONSULTATION
    )
    return is_live and (is_party or may_manage(user, nomination.campaign))


def require_may_state_preferences(user: User, nomination: Nomination) -> None:
    """Wishes are taken until consultation begins."""
    require(
        may_state_preferences(user, nomination), _("本批次已不再接收志愿。需要修改的，请联系主办组织部门。")
    )


def may_rank_candidates(user: User, campaign_post: CampaignPost) -> bool:
    """The host unit of the post, once the owner has shared the candidates, during review."""
    campaign = campaign_post.campaign
    is_shared = campaign.state == CampaignState.REVIEW and campaign.candidates_shared_on is not None
    return is_shared and covers(user, campaign_post.post.host_unit.path, Role.HOST_UNIT)


def actions_for(user: User, campaign: Campaign) -> list[str]:
    """Actions of the state table that this page offers the user now."""
    if not may_manage(user, campaign):
        return []
    return [action for action in OWN_ACTIONS if campaign.state in TRANSITIONS[action][0]]
