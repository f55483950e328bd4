"""Who hands in, who reads; unit paths only, no query per row."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.daily_work.cycles import Cycle
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage


def is_own_office(user: User, placement: Placement, cycle: Cycle) -> bool:
    """Whether the account acts for the office whose duty it is."""
    return covers(user, cycle.unit_of(placement).path, cycle.role)


def may_hand_in(user: User, placement: Placement, cycle: Cycle) -> bool:
    """The office whose duty it is, or the organisation department that answers for the placement on its behalf."""
    return is_own_office(user, placement, cycle) or may_manage(user, placement)


def may_confirm_reading(user: User, placement: Placement) -> bool:
    """The secondee alone."""
    return placement.person.account_id == user.pk


def may_read_causes(user: User, placement: Placement) -> bool:
    """Why somebody was away is read by host unit, home unit and organisation departments of either side."""
    return (
        covers(user, placement.host_unit.path, Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)
        or covers(user, placement.home_unit.path, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
        or may_manage(user, placement)
    )


def may_read_reports(user: User, placement: Placement) -> bool:
    """What the host reports is read by those who read causes, and by leaders and inspectors of either side.

    The secondee sees that there is a report.
    """
    overseers = (Role.LEADER, Role.INSPECTOR)
    sides = (placement.host_unit, placement.home_unit, placement.owner_unit)
    return may_read_causes(user, placement) or any(covers(user, unit.path, *overseers) for unit in sides)


def may_read_notices(user: User, placement: Placement) -> bool:
    """What the home unit tells is read by the secondee, the home unit and the organisation departments of either side."""
    return (
        may_confirm_reading(user, placement)
        or covers(user, placement.home_unit.path, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
        or covers(user, placement.host_unit.path, Role.ORGANISATION_DEPARTMENT)
        or may_manage(user, placement)
    )
