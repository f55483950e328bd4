"""Rules of accounts in bulk that refuse an action."""

from secondment.common.errors import DomainError


class BatchSizeError(DomainError):
    """A batch holds no account, or more than one should be asked to confirm at once."""


class AlreadyListedError(DomainError):
    """A person has an account, waits in another batch or is listed twice."""


class NameTakenError(DomainError):
    """An account, or a batch that waits, has a name that was asked for."""


class BatchClosedError(DomainError):
    """The batch has been decided already, or cannot be carried out now."""


class NoCodesError(DomainError):
    """There is no one-time password to print, or no account that still needs one."""


class StartCodeError(DomainError):
    """The start code is wrong, or another browser has used it."""


class StartLostError(DomainError):
    """The first run is no longer in the hands of this browser, or past this step."""


class HalvesError(DomainError):
    """What was typed is not on the two halves that were shown last."""
