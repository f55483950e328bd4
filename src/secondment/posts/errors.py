"""Refused actions on demands for posts; each rule has its name."""

from secondment.common.errors import DomainError


class PostStateError(DomainError):
    """The demand is not in a state in which this action is possible."""


class UnitClosedError(DomainError):
    """A closed unit cannot request people."""


class PostIncompleteError(DomainError):
    """A demand is handed in only when everything a candidate must know is there."""


class PostInUseError(DomainError):
    """A demand that a campaign offers cannot be withdrawn."""


class OpinionMissingError(DomainError):
    """A demand is returned with the reason in writing."""


class ImportRefusedError(DomainError):
    """A file with rows that cannot be used is imported not at all."""


class NewUnitsNotAgreedError(DomainError):
    """Units are made only after the organisation department has said so."""
