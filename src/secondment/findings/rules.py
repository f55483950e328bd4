"""Who writes and reads findings; unit paths only, no query per row."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.findings.choices import ROLE_OF, UNIT_OF, UNITS, Side, Source
from secondment.findings.models import Finding
from secondment.people.rules import is_self
from secondment.placements.duties import BEGAN, first_day_of
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage

WRITERS = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)
READERS = (*WRITERS, Role.LEADER)


def sources_of(user: User, placement: Placement) -> dict[Side, Source]:
    """The sides for which the account writes, and how: for its own unit, or for a unit from paper; nobody about themselves."""
    if is_self(user, placement.person) or placement.state not in BEGAN:
        return {}
    manages = may_manage(user, placement)
    found = {}
    for side in Side:
        if covers(user, getattr(placement, UNIT_OF[side]).path, ROLE_OF[side]):
            found[side] = Source.ACCOUNT
        elif manages:
            found[side] = Source.PAPER
    return found


def may_write(user: User, placement: Placement) -> bool:
    """Whether the account writes for any side."""
    return bool(sources_of(user, placement))


def may_change(user: User, finding: Finding) -> bool:
    """Whoever may write for its side."""
    return Side(finding.side) in sources_of(user, finding.placement)


def reads_inside(user: User, placement: Placement) -> bool:
    """Departments and leaders of any side read what the department finds."""
    sides = (placement.owner_unit, placement.host_unit, placement.home_unit)
    return not is_self(user, placement.person) and any(covers(user, one.path, *OVERSEERS) for one in sides)


def reads_units(user: User, placement: Placement) -> bool:
    """Both units read what the other one finds: opinions stand side by side."""
    units = (covers(user, getattr(placement, UNIT_OF[one]).path, ROLE_OF[one]) for one in UNITS)
    return reads_inside(user, placement) or (not is_self(user, placement.person) and any(units))


def may_list(user: User) -> bool:
    """Whoever writes or oversees."""
    return has_role(user, *READERS)


def years_of(placement: Placement, on: dt.date) -> list[int]:
    """The years of the term so far, the newest first."""
    return list(range(min(on, placement.last_day).year, first_day_of(placement).year - 1, -1))
