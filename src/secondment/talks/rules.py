"""Who may do what about talks; unit paths only, no query per row."""

from collections.abc import Iterable

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, grants
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage
from secondment.talks.choices import ROLE_OF, FollowUpState
from secondment.talks.models import FollowUp, Gathering, Talk
from secondment.units.models import Unit

DEPARTMENT = Role.ORGANISATION_DEPARTMENT


def is_of_office(placement: Placement, unit: Unit, side: str) -> bool:
    """Whether the placement is one that the office answers for on its side."""
    if side == "host":
        return placement.host_unit.path.startswith(unit.path)
    if side == "home":
        return placement.home_unit.path.startswith(unit.path)
    sides = (placement.owner_unit, placement.host_unit, placement.home_unit)
    return any(one.path.startswith(unit.path) for one in sides)


def may_record(user: User, unit: Unit, side: str, placements: Iterable[Placement]) -> bool:
    """The office that held the talk, or the department in charge of everybody in it, for an office without a line."""
    return covers(user, unit.path, ROLE_OF[side]) or all(may_manage(user, one) for one in placements)


def may_read_points(user: User, talk: Talk, placements: Iterable[Placement]) -> bool:
    """Points are inner work of the office that held the talk, of the organisation department above it, and of the one in
    charge of the person; never of the person, of the other side, of leaders or inspectors."""
    return covers(user, talk.unit.path, ROLE_OF[talk.side], DEPARTMENT) or any(
        may_manage(user, one) for one in placements
    )


def may_change(user: User, talk: Talk, placements: Iterable[Placement]) -> bool:
    """Whoever may record it, as long as it stands."""
    return not talk.is_withdrawn and may_record(user, talk.unit, talk.side, placements)


def may_close(user: User, item: FollowUp, placements: Iterable[Placement]) -> bool:
    """The office that sees to it, or the department in charge of everybody in it; never somebody it is about."""
    is_office = covers(user, item.unit.path, Role(item.role))
    return is_office or all(may_manage(user, one) for one in placements)


def is_open(item: FollowUp) -> bool:
    """Whether it waits."""
    return item.state == FollowUpState.OPEN and not item.talk.is_withdrawn


def acts_for_offices(user: User) -> bool:
    """Whether the account holds talks for some office."""
    return any(role in ROLE_OF.values() for role, _path in grants(user))


def may_organise(user: User, gathering: Gathering) -> bool:
    """The office that organises it, and the same office above it; nobody else knows who came."""
    return covers(user, gathering.unit.path, ROLE_OF[gathering.side])
