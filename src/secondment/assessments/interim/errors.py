"""Rules that refuse what is said between the yearly assessments."""

from secondment.common.errors import DomainError


class RoutineError(DomainError):
    """Lines of a quarter that cannot be kept; nothing was written, and each is named with its remedy."""


class MidtermError(DomainError):
    """A proposal that says too little, or comes too early."""


class SpecialError(DomainError):
    """A special assessment that names too little, or is over."""
