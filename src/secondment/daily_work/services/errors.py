"""Rules that refuse what is handed in."""

from secondment.common.errors import DomainError


class RefusedRowsError(DomainError):
    """Rows that cannot be handed in so; nothing was written, and each row is named with its remedy."""


class AlreadyReplacedError(DomainError):
    """A record that was to be corrected has been corrected by somebody else."""


class NothingHandedInError(DomainError):
    """Nobody was chosen, or nothing was filled in."""
