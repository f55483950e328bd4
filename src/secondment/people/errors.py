"""Refused actions of this room, one name a rule."""

from secondment.common.errors import DomainError


class IdentityConflictError(DomainError):
    """The identity number belongs to somebody else, or disagrees with birth date or sex."""


class IdentityMissingError(DomainError):
    """There is nothing to reveal."""


class ReasonMissingError(DomainError):
    """A look at protected data needs a reason."""


class PhotoError(DomainError):
    """A picture that cannot serve as a photo."""


class FormNotWritableError(DomainError):
    """The old file format has no way to write something of the form."""


class AbilityOnceError(DomainError):
    """An ability was already valued on that day by that source."""


class UploadError(DomainError):
    """A file that cannot be taken for an import."""


class ImportStateError(DomainError):
    """The import has moved on, or was withdrawn."""


class RefusedRowsError(DomainError):
    """Some rows cannot be imported and the clerk has not left them out."""


class ChangedSinceCheckError(DomainError):
    """The data have changed between the check and the confirmation."""


class TooManyNumbersError(DomainError):
    """More identity numbers were typed by hand than one account does in a day."""


class TooManyError(DomainError):
    """More persons than one file should hold."""
