"""Who hands in, who reads; unit paths only, no query per row."""

from collections.abc import Iterable

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.accounts.scopes import covers
from secondment.daily_work.cycles import Cycle
from secondment.daily_work.models import SupportItem, UrgentMatter, UrgentOffice
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage
from secondment.units.models import Unit


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


def may_judge_support(user: User, placement: Placement) -> bool:
    """Whether support helped is for the host to say, or the department in charge on its behalf."""
    return covers(user, placement.host_unit.path, Role.HOST_UNIT) or may_manage(user, placement)


def may_answer_support(user: User, item: SupportItem) -> bool:
    """The office that owes the support, or the department in charge."""
    return covers(user, item.owner.path, Role(item.owner_role)) or may_manage(user, item.placement)


def may_report_urgent(user: User, placement: Placement) -> bool:
    """The secondee, host unit, home unit, or a clerk of an organisation department who took the call."""
    return placement.person.account_id == user.pk or teller_of(user, placement) is not None


def teller_of(user: User, placement: Placement) -> tuple[Unit, Role] | None:
    """The office in whose name the account tells; a department that takes a call has still to be told as well."""
    if covers(user, placement.host_unit.path, Role.HOST_UNIT):
        return placement.host_unit, Role.HOST_UNIT
    if covers(user, placement.home_unit.path, Role.HOME_UNIT):
        return placement.home_unit, Role.HOME_UNIT
    sides = (placement.owner_unit, placement.host_unit, placement.home_unit)
    return next(
        (
            (one, Role.ORGANISATION_DEPARTMENT)
            for one in sides
            if covers(user, one.path, Role.ORGANISATION_DEPARTMENT)
        ),
        None,
    )


def acknowledges(user: User, matter: UrgentMatter, offices: Iterable[UrgentOffice]) -> bool:
    """Whether the account takes note for an office that was told; nobody acknowledges what they told themselves."""
    if matter.reported_by_id == user.pk:
        return False
    return any(covers(user, one.unit.path, Role(one.role)) for one in offices if not one.is_teller)


def writes_down(user: User, matter: UrgentMatter) -> bool:
    """The department in charge writes down who took note at a home unit in which nobody can sign in."""
    placement = matter.placement
    return may_manage(user, placement) and not accounts_of([placement.home_unit], Role.HOME_UNIT).exists()
