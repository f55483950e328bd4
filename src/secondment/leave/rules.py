"""Who may do what about leave; unit paths only, no query per row."""

from collections.abc import Iterable

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.leave.choices import Source
from secondment.leave.models import LeaveRequest, LeaveStep, StandIn
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage

DEPARTMENT = Role.ORGANISATION_DEPARTMENT
OFFICES = (Role.HOST_UNIT, DEPARTMENT)
"""Those that decide on leave and type for others."""


def is_own(user: User, placement: Placement) -> bool:
    """Whether the account is that of the person on leave."""
    return placement.person.account_id == user.pk


def is_clerk(user: User, placement: Placement) -> bool:
    """Whether the account types for the person: the host unit, or the department in charge."""
    return covers(user, placement.host_unit.path, Role.HOST_UNIT) or may_manage(user, placement)


def may_ask(user: User, placement: Placement) -> bool:
    """The person, or a clerk for somebody without an account or without a line."""
    return is_own(user, placement) or is_clerk(user, placement)


def holds(user: User, step: LeaveStep) -> bool:
    """Whether the account acts for the office that decides."""
    return covers(user, step.unit.path, Role(step.role))


def standing_in(user: User, step: LeaveStep, stand_ins: Iterable[StandIn]) -> StandIn | None:
    """What lets the account decide for an office that is not its own; `stand_ins` are those in force for it."""
    return next(
        (
            one
            for one in stand_ins
            if one.deputy_id == user.pk and one.unit_id == step.unit_id and one.role == step.role
        ),
        None,
    )


def writes_for(user: User, request: LeaveRequest, *, has_account: bool) -> bool:
    """The department in charge writes down what an office without an account has decided."""
    return not has_account and may_manage(user, request.placement)


def may_excuse(user: User, placement: Placement) -> bool:
    """Whether somebody was late for a reason is for host unit or department to say, nobody says it of themselves."""
    return is_clerk(user, placement) and not is_own(user, placement)


def may_withdraw(user: User, request: LeaveRequest) -> bool:
    """The person; a clerk what a clerk has typed. What the person asked for is decided on, not taken from them."""
    placement = request.placement
    return is_own(user, placement) or (request.source != Source.OWN and is_clerk(user, placement))


def may_undo_return(user: User, request: LeaveRequest) -> bool:
    """Whoever may register it; but nobody takes their own late return off the ledger."""
    placement = request.placement
    return may_ask(user, placement) and (request.late.is_empty or not is_own(user, placement))


def may_read_reason(user: User, placement: Placement) -> bool:
    """Why somebody is away is read by the person, host unit, home unit and organisation departments of either side."""
    return (
        is_own(user, placement)
        or covers(user, placement.host_unit.path, Role.HOST_UNIT, DEPARTMENT)
        or covers(user, placement.home_unit.path, Role.HOME_UNIT, DEPARTMENT)
        or may_manage(user, placement)
    )
