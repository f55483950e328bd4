"""Rules that refuse a review of abilities."""

from secondment.common.errors import DomainError


class ReviewError(DomainError):
    """A review of abilities that cannot be handed in so."""
