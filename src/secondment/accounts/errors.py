"""Rules of accounts that refuse an action."""

from secondment.common.errors import DomainError


class UsernameTakenError(DomainError):
    """Another account has this name."""


class SeparationError(DomainError):
    """One person would hold two of the separated administrator roles, or one of them and a business role."""


class OwnAccountError(DomainError):
    """An administrator may not grant rights to, disable or reset their own account."""


class NeedsTwoError(DomainError):
    """One administrator alone would take over an account that reaches too much."""


class RequestClosedError(DomainError):
    """What one administrator asked for has been confirmed, refused or forgotten already."""


class SignInBusyError(DomainError):
    """Too many passwords are being compared at this moment; none was."""


class AlreadyAskedError(DomainError):
    """The same is asked for this account and waits for its second administrator."""


class AccountChangedError(DomainError):
    """The account got another password, was stopped or was signed out while its holder was typing."""


class AlreadyGrantedError(DomainError):
    """The account holds this role for this unit already."""


class HandoverError(DomainError):
    """The successor cannot take over from the account."""
