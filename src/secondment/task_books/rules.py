"""Who writes, signs, accepts and reads; unit paths only, no query per row."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage, may_record_arrival

WRITERS = (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)
READERS = (*WRITERS, Role.HOME_UNIT, Role.LEADER, Role.INSPECTOR, Role.SECONDEE)


def may_write(user: User, placement: Placement) -> bool:
    """The host unit, or on its behalf the organisation department that answers for the placement."""
    return may_record_arrival(user, placement)


def may_write_some(user: User) -> bool:
    """Whether the account has anybody to write for."""
    return has_role(user, *WRITERS)


def is_own(user: User, placement: Placement) -> bool:
    """The secondee."""
    return placement.person.account_id is not None and placement.person.account_id == user.pk


def may_read_draft(user: User, placement: Placement) -> bool:
    """What is not signed yet is between host and secondee."""
    return may_write(user, placement) or is_own(user, placement)


def may_note_progress(user: User, placement: Placement) -> bool:
    """Host and secondee."""
    return may_write(user, placement) or is_own(user, placement)


def may_read_matters(user: User, placement: Placement) -> bool:
    """What the secondee stays out of is read by those who divide the work, and by the secondee."""
    return may_write(user, placement) or is_own(user, placement)


def may_read_facts(user: User, placement: Placement) -> bool:
    """Family facts are read by the secondee and by the organisation departments of the home unit and of the placement."""
    return (
        is_own(user, placement)
        or covers(user, placement.home_unit.path, Role.ORGANISATION_DEPARTMENT)
        or may_manage(user, placement)
    )
