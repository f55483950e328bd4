"""Who may do what to a placement; unit paths only, no query per row."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage as may_manage_campaign
from secondment.common.errors import require
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.models import AppointmentNotice, Placement, PlacementGroup
from secondment.placements.states import TRANSITIONS


def may_manage(user: User, placement: Placement) -> bool:
    """The organisation department that answers for the placement."""
    return covers(user, placement.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def may_read_end_plan(user: User, placement: Placement) -> bool:
    """What is intended is still under deliberation: the departments and leaders of each side and the home unit read it, the
    person never."""
    if placement.person.account_id == user.pk:
        return False
    sides = (placement.owner_unit, placement.home_unit, placement.host_unit)
    overseers = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)
    is_home = covers(user, placement.home_unit.path, Role.HOME_UNIT)
    return is_home or any(covers(user, unit.path, *overseers) for unit in sides)


def may_record_arrival(user: User, placement: Placement) -> bool:
    """The host unit, or the owner on its behalf."""
    return covers(user, placement.host_unit.path, Role.HOST_UNIT) or may_manage(user, placement)


def may_record_arrivals(user: User) -> bool:
    """Host units and organisation departments have people who arrive."""
    return has_role(user, Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)


def may_manage_group(user: User, group: PlacementGroup) -> bool:
    """The organisation department that keeps the group."""
    return covers(user, group.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def may_group(user: User, placement: Placement) -> bool:
    """An organisation department of any side may take somebody into a group of its own."""
    sides = (placement.owner_unit, placement.home_unit, placement.host_unit)
    return any(covers(user, unit.path, Role.ORGANISATION_DEPARTMENT) for unit in sides)


def may_record_placements(user: User) -> bool:
    """Organisation departments enter people who are in post already."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)


def may_read_statistics(user: User) -> bool:
    """Organisation departments and leaders."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)


PARTY_OUT = ("party_out_on", "party_out_number")
PARTY_IN = ("party_branch", "party_in_on")
PARTY_BACK = ("party_back_on",)
APPOINTMENT = (
    *("appointment_kind", "appointment_number", "appointment_on"),
    *("removal_number", "removal_on", "lapses_at_end"),
)


def formalities_of(user: User, placement: Placement) -> tuple[str, ...]:
    """What of membership and appointment the account fills in: the home unit that it goes out and comes back, the host
    unit that it has come, the owner all of it and the appointment by law."""
    is_owner = may_manage(user, placement)
    is_home = is_owner or covers(user, placement.home_unit.path, Role.HOME_UNIT)
    is_host = is_owner or covers(user, placement.host_unit.path, Role.HOST_UNIT)
    parts = ((PARTY_OUT, is_home), (PARTY_IN, is_host), (PARTY_BACK, is_home), (APPOINTMENT, is_owner))
    return tuple(name for names, is_theirs in parts if is_theirs for name in names)


def require_may_issue(user: User, campaign: Campaign) -> None:
    """Only the owner issues notices."""
    require(may_manage_campaign(user, campaign), _("只有主办组织部门可以印发挂职通知。"))


def may_change_notice(user: User, notice: AppointmentNotice) -> bool:
    """The owner withdraws and corrects."""
    return covers(user, notice.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def require_may_change_notice(user: User, notice: AppointmentNotice) -> None:
    """Only the owner withdraws and corrects."""
    require(may_change_notice(user, notice), _("只有主办组织部门可以作废或更正挂职通知。"))


def require_may_set_term(user: User, placement: Placement) -> None:
    """Only the owner changes terms."""
    require(may_manage(user, placement), _("只有主办组织部门可以调整挂职期限。"))


def require_may_cancel(user: User, placement: Placement) -> None:
    """Only the owner cancels."""
    require(may_manage(user, placement), _("只有主办组织部门可以取消挂职。"))


def require_may_record_arrival(user: User, placement: Placement) -> None:
    """Only the two sides of the placement may record that someone has arrived."""
    require(may_record_arrival(user, placement), _("报到回执由接收单位或主办组织部门填写。"))


def may_confirm_report(user: User, placement: Placement) -> bool:
    """The secondee alone."""
    return placement.person.account_id == user.pk


def require_may_manage(user: User, placement: Placement) -> None:
    """Only the owner closes, extends and shortens terms."""
    require(may_manage(user, placement), _("只有主办组织部门可以办结、延长或提前结束挂职。"))


def actions_for(user: User, placement: Placement) -> list[str]:
    """The actions a page offers this user now: right and state together."""
    state, is_owner = placement.state, may_manage(user, placement)
    offered = [
        ("issue_notice", is_owner and state in TRANSITIONS["issue_notice"][0]),
        ("set_term", is_owner and state == PlacementState.DECIDED),
        ("record_arrival", may_record_arrival(user, placement) and state in UNDER_WAY),
        (
            "confirm_report",
            may_confirm_report(user, placement)
            and state == PlacementState.APPOINTED
            and placement.reported_on is None,
        ),
        ("cancel_placement", is_owner and state in TRANSITIONS["cancel_placement"][0]),
        ("end_placement", is_owner and state in TRANSITIONS["end_placement"][0]),
        ("plan_end", is_owner and state == PlacementState.IN_POST),
        ("change_term", is_owner and state == PlacementState.IN_POST),
        ("reopen_placement", is_owner and state in TRANSITIONS["reopen_placement"][0]),
        (
            "record_formalities",
            state in (*UNDER_WAY, PlacementState.ENDED) and bool(formalities_of(user, placement)),
        ),
    ]
    return [action for action, is_offered in offered if is_offered]
