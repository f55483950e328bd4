"""Rules that refuse acts of leave."""

from secondment.common.errors import DomainError, StaleObjectError


class RefusedLeaveError(DomainError):
    """A leave that cannot be asked for so."""


class LeaveStateError(StaleObjectError):
    """The request is no longer, or not yet, in the state that the act needs: the page shows another one by now."""


class WordsMissingError(DomainError):
    """An act that needs a written reason, or a name, without one."""


class ReturnError(DomainError):
    """A return that cannot have been so."""


class StandInError(DomainError):
    """Somebody who cannot stand in, or days for which nobody may."""
