"""Who may excuse somebody from what is owed."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.obligations.models import Obligation, ObligationState


def may_excuse(user: User, obligation: Obligation) -> bool:
    """The organisation department in charge, of what a duty asks for."""
    manager = obligation.manager
    return manager is not None and covers(user, manager.path, Role.ORGANISATION_DEPARTMENT)


def can_be_excused(obligation: Obligation) -> bool:
    """What is open."""
    return obligation.state == ObligationState.OPEN
