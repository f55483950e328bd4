"""Who may excuse somebody from what is owed, and say when holidays are."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.obligations.models import Obligation, ObligationState


def may_excuse(user: User, obligation: Obligation) -> bool:
    """The organisation department in charge, of what a duty asks for."""
    manager = obligation.manager
    return manager is not None and covers(user, manager.path, Role.ORGANISATION_DEPARTMENT)


def may_fulfil(user: User, obligation: Obligation) -> bool:
    """Who owes it, or the department in charge on its behalf; others read how it stands."""
    if obligation.account_id is not None:
        return obligation.account_id == user.pk
    return covers(user, obligation.unit.path, Role(obligation.role)) or may_excuse(user, obligation)


def can_be_excused(obligation: Obligation) -> bool:
    """What is open."""
    return obligation.state == ObligationState.OPEN


def may_import_holidays(user: User) -> bool:
    """Holidays are the same for everybody: who keeps the system, or sees to its deadlines."""
    return has_role(user, Role.SYSTEM_ADMINISTRATOR, Role.ORGANISATION_DEPARTMENT)
