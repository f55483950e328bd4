"""Rules that refuse acts of talks."""

from secondment.common.errors import DomainError


class TalkError(DomainError):
    """A talk that cannot have been so."""


class FollowUpError(DomainError):
    """An item that cannot be given or closed so."""


class WordsMissingError(DomainError):
    """An act that needs a written reason without one."""


class SuggestionError(DomainError):
    """A letter that cannot be sent or answered so."""


class GatheringError(DomainError):
    """A training or meeting that cannot be planned, changed or closed so."""
