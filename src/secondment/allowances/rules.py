"""Who may do what about allowances; unit paths only, no query per row."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage
from secondment.units.models import Unit

CLERKS = (Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
OFFICES = (*CLERKS, Role.HOST_UNIT)


def may_record(user: User, placement: Placement) -> bool:
    """The home unit answers for insurance, checks and fund; the department in charge writes for one without an account.

    Nobody writes what they are paid themselves.
    """
    is_own = placement.person.account_id == user.pk
    is_home = covers(user, placement.home_unit.path, Role.HOME_UNIT)
    return not is_own and (is_home or may_manage(user, placement))


def may_issue(user: User, unit: Unit) -> bool:
    """The office that pays, or an organisation department above it."""
    return covers(user, unit.path, *OFFICES)
