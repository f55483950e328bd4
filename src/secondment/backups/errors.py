"""Why no backup is made."""

from secondment.common.errors import DomainError


class NoRecoveryKeyError(DomainError):
    """Nothing is there to seal a backup to."""


class HasRecoveryKeyError(DomainError):
    """The halves are printed once; another key is made only when asked for."""


class BackupFailedError(DomainError):
    """The backup could not be made; what was begun is gone."""
