"""Refused actions of this room."""

from secondment.common.errors import DomainError


class UploadGoneError(DomainError):
    """An upload was imported or has expired, or belongs to another import."""


class OvertakenError(DomainError):
    """Someone else wrote the same between the dry run and its confirmation."""


class PaperError(DomainError):
    """A form on paper cannot be noted so."""
