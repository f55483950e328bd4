"""Rules that refuse a quantitative value or a stated fact."""

from secondment.common.errors import DomainError


class QuantityError(DomainError):
    """A value that cannot be taken in so, or not any more."""


class StatementError(DomainError):
    """A statement about a gate or a veto that cannot be made so, or not any more."""
