"""Why an act on obligations is refused."""

from secondment.common.errors import DomainError


class NotOpenError(DomainError):
    """It is met, excused or no longer owed already."""


class ReasonMissingError(DomainError):
    """An excuse needs its reason."""


class NotExcusedError(DomainError):
    """There is no excuse to take back."""


class UnreadableHolidaysError(DomainError):
    """The file is no announced year."""
