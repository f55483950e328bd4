"""Rules that refuse what is handed in."""

from secondment.common.errors import DomainError, StaleObjectError


class RefusedRowsError(DomainError):
    """Rows that cannot be handed in so; nothing was written, and each row is named with its remedy."""


class AlreadyReplacedError(DomainError):
    """A record that was to be corrected has been corrected by somebody else."""


class NothingHandedInError(DomainError):
    """Nobody was chosen, or nothing was filled in."""


class WordsMissingError(DomainError):
    """An act that needs a few words was done without."""


class SupportStateError(StaleObjectError):
    """The support item is not in the state for this."""


class UrgentLineError(DomainError):
    """An urgent matter that does not fit its one line."""


class UrgentStateError(StaleObjectError):
    """The person is not on a placement, or the matter was acknowledged already."""
