"""Rules that refuse an act on a standard."""

from secondment.common.errors import DomainError


class StandardStateError(DomainError):
    """The version is in a state in which this cannot be done."""


class StandardRefusedError(DomainError):
    """A version that cannot be kept or submitted so; each fault is named with its remedy."""


class SameNameError(DomainError):
    """The department has a standard of this name already."""


class FourEyesError(DomainError):
    """Who took part in the draft does not sign it."""


class TwiceInForceError(DomainError):
    """Two signed standards would hold for the same people."""


class ReasonMissingError(DomainError):
    """An act that needs a written reason."""


class ContradictionError(DomainError):
    """Pairwise judgements that contradict each other too much to give weights."""
