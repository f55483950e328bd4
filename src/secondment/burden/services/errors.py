"""Rules that refuse a request, a budget or a review."""

from secondment.common.errors import DomainError


class OverBudgetError(DomainError):
    """More minutes than the budget of a role holds, and nobody has let it through."""


class RequestError(DomainError):
    """A request that cannot be issued, answered or closed so."""


class ReviewError(DomainError):
    """A review that says nothing new, or of nothing."""
