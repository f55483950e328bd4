"""Refused actions on the directory."""

from secondment.common.errors import DomainError


class DirectoryRefusedError(DomainError):
    """A list with rows that cannot be used is imported not at all."""
