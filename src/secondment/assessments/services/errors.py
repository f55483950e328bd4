"""Rules that refuse a step of the yearly assessment."""

from secondment.common.errors import DomainError


class RegisterError(DomainError):
    """A year that cannot be opened, brought up to date or withdrawn so."""


class OpinionError(DomainError):
    """An opinion that cannot be handed in so, or not any more."""


class SummaryError(DomainError):
    """A text of a year that cannot be handed in so, or not any more."""


class NotReadyError(DomainError):
    """Grades cannot be decided while an opinion is missing or facts have changed."""


class BarredGradeError(DomainError):
    """A fact on record bars the grade (rule H16)."""


class QuotaError(DomainError):
    """More 优秀 than a pool has places (rule H17)."""


class ReasonMissingError(DomainError):
    """Something that must be explained in writing was not."""


class DecisionStateError(DomainError):
    """The decision is not in a state in which this is possible, or its day cannot be right."""


class FourEyesError(DomainError):
    """Whoever recorded a decision does not check it."""


class RecusalError(DomainError):
    """Somebody who decided must not decide about this person."""


class PostingError(DomainError):
    """Grades of 优秀 that were not posted long enough, or a posting that cannot begin on this day (rule H18)."""
