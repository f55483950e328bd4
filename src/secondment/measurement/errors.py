"""Refusals of this room."""

from secondment.common.errors import DomainError


class NothingToMeasureError(DomainError):
    """No closed appraisal of the year under the standard has a counted ballot."""


class NoForecastError(DomainError):
    """The design cannot be fitted."""
