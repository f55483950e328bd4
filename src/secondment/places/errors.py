"""Rules that refuse what is written about places."""

from secondment.common.errors import DomainError


class PlaceError(DomainError):
    """Something that is there already, is gone, or cannot be so."""


class HandoverItemError(DomainError):
    """An item that cannot be settled so."""
