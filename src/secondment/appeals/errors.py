"""Rules that refuse a step of a review or an appeal."""

from secondment.common.errors import DomainError


class AppealError(DomainError):
    """A review or an appeal that cannot be filed, or not any more."""


class AppealStateError(DomainError):
    """It is not in a state in which this is possible, or its day cannot be right."""


class SamePeopleError(DomainError):
    """Whoever took part in the first decision does not decide about it again."""


class WordsMissingError(DomainError):
    """An act that needs a written reason without one."""


class RecomputationError(DomainError):
    """A result that cannot be computed again so."""


class ProofError(DomainError):
    """An open proof that cannot be asked for, opened or handed out so."""
