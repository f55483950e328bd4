"""Rules that refuse something about a table."""

from secondment.common.errors import DomainError


class StaleTableError(DomainError):
    """What went into the table of a pool has changed since it was computed."""


class ComparisonError(DomainError):
    """A comparison that cannot be recorded so."""


class TableError(DomainError):
    """A table that cannot be computed or held so."""
