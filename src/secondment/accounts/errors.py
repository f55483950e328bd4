"""Rules of accounts that refuse an action."""

from secondment.common.errors import DomainError


class UsernameTakenError(DomainError):
    """Another account has this name."""


class SeparationError(DomainError):
    """One person would hold two of the separated administrator roles, or one of them and a business role."""


class OwnAccountError(DomainError):
    """Nobody grants rights to, disables or resets an own account."""


class AlreadyGrantedError(DomainError):
    """The account holds this role for this unit already."""
