"""What this room refuses."""

from secondment.common.errors import DomainError


class CannotCountError(DomainError):
    """The people cannot be counted this way."""


class SavedViewError(DomainError):
    """An analysis cannot be kept like this."""
