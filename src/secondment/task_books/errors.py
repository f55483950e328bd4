"""Rules that refuse an act on a task book."""

from secondment.common.errors import DomainError


class TaskBookStateError(DomainError):
    """The version, or the placement, is in a state in which this cannot be done."""


class TasksRefusedError(DomainError):
    """Tasks that cannot be agreed so; each is named with its remedy."""


class OutdatedVersionError(DomainError):
    """A version that was replaced, or that is not the one on the page."""


class AcceptanceError(DomainError):
    """A task that was accepted already, or cannot be accepted so."""


class ReasonMissingError(DomainError):
    """An act that needs a written reason."""


class SignatureError(DomainError):
    """A signature on paper without a scan, or for somebody who signs in."""


class NobodyChosenError(DomainError):
    """Nobody was chosen to be written a task book."""
