"""Who may do what to a placement; unit paths only, no query per row."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage, require
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.models import Placement
from secondment.placements.states import TRANSITIONS


def may_issue_notice(user: User, placement: Placement) -> bool:
    """The owner of the campaign."""
    return may_manage(user, placement.campaign)


def may_cancel_placement(user: User, placement: Placement) -> bool:
    """The owner of the campaign."""
    return may_manage(user, placement.campaign)


def may_set_term(user: User, placement: Placement) -> bool:
    """The owner of the campaign, until the notice is out."""
    return may_manage(user, placement.campaign)


def may_record_arrival(user: User, placement: Placement) -> bool:
    """The host unit, or the owner of the campaign on its behalf."""
    return covers(user, placement.host_unit.path, Role.HOST_UNIT) or may_manage(user, placement.campaign)


def require_may_issue(user: User, campaign: Campaign) -> None:
    """Only the owner issues notices."""
    require(may_manage(user, campaign), _("只有主办组织部门可以印发挂职通知。"))


def require_may_set_term(user: User, placement: Placement) -> None:
    """Only the owner changes terms."""
    require(may_set_term(user, placement), _("只有主办组织部门可以调整挂职期限。"))


def require_may_cancel(user: User, placement: Placement) -> None:
    """Only the owner cancels."""
    require(may_cancel_placement(user, placement), _("只有主办组织部门可以取消挂职。"))


def require_may_record_arrival(user: User, placement: Placement) -> None:
    """Only the two sides of the placement say that somebody has arrived."""
    require(may_record_arrival(user, placement), _("报到回执由接收单位或主办组织部门填写。"))


def may_confirm_report(user: User, placement: Placement) -> bool:
    """The secondee alone."""
    return placement.person.account_id == user.pk


def actions_for(user: User, placement: Placement) -> list[str]:
    """The actions a page offers this user now: right and state together."""
    offered = [
        (
            "issue_notice",
            may_issue_notice(user, placement) and placement.state in TRANSITIONS["issue_notice"][0],
        ),
        ("set_term", may_set_term(user, placement) and placement.state == PlacementState.DECIDED),
        ("record_arrival", may_record_arrival(user, placement) and placement.state in UNDER_WAY),
        (
            "confirm_report",
            may_confirm_report(user, placement)
            and placement.state == PlacementState.APPOINTED
            and placement.reported_on is None,
        ),
        (
            "cancel_placement",
            may_cancel_placement(user, placement) and placement.state in TRANSITIONS["cancel_placement"][0],
        ),
    ]
    return [action for action, is_offered in offered if is_offered]
