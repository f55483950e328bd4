"""Rules that refuse acts about allowances."""

from secondment.common.errors import DomainError


class RefusedRecordError(DomainError):
    """Something that cannot be written down so."""


class NotVoidError(DomainError):
    """A record that is void already, or has no words for why."""


class RefusedListError(DomainError):
    """A list that cannot be issued for this period."""
