"""Rules that refuse what is written about secondees."""

from secondment.common.errors import DomainError, StaleObjectError


class FindingError(DomainError):
    """A finding that says too little or too much, or about the wrong time."""


class WithoutFactError(DomainError):
    """A finding that rests on no fact, or on one that its writer does not find."""


class YearDecidedError(DomainError):
    """The grade of the year is decided on: what was said before is not changed any more."""


class ReplacedError(StaleObjectError):
    """The finding was corrected or taken back meanwhile."""
