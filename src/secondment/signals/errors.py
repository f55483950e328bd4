"""Rules that refuse acts about early signs."""

from secondment.common.errors import DomainError


class SignStateError(DomainError):
    """An act that the sign is not ready for, or past."""


class NotHeardError(DomainError):
    """A sign may not be used before the person saw its facts and had time to answer."""


class WordsMissingError(DomainError):
    """An act that needs words without them."""
