"""Rules that refuse a step towards the decision."""

from secondment.common.errors import DomainError


class StepError(DomainError):
    """The step is asked for with a day that is past, or about an objection that is not there."""


class NoProposalError(DomainError):
    """No proposal has been chosen, or another one."""


class ReplyMissingError(DomainError):
    """A unit that was consulted has not replied and still has time."""


class UnaskedError(DomainError):
    """A unit was not asked about what the plan is now."""


class ObjectionOpenError(DomainError):
    """An objection, of a unit or from the public, has no conclusion yet."""


class NotificationMissingError(DomainError):
    """The programme asks for a public notification and there is none, or it is not over."""


class UnpostedError(NotificationMissingError):
    """Somebody to be sent was not named in the public notification."""


class NotificationDateError(DomainError):
    """The public notification cannot begin on this day."""


class TalkMissingError(DomainError):
    """The programme asks for a talk with everyone to be sent."""


class FutureDateError(DomainError):
    """An event was given a date in the future."""


class EarlyDateError(DomainError):
    """Something is said to have happened before it could."""


class ReasonMissingError(DomainError):
    """Something that must be explained in writing was not."""


class DecisionWithdrawnError(DomainError):
    """The decision was taken back: nothing more is done about it."""


class NotUrgentError(DomainError):
    """The programme does not let anything follow the decision."""


class MinutesLateError(DomainError):
    """The minutes are of a day after the time that the programme gives."""


class IneligibleError(DomainError):
    """A rule keeps a decided person, or pair, out."""


class PostFullError(DomainError):
    """More people are decided for a post than it has places."""
