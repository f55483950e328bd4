"""Refused actions of this room, one name a rule."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.errors import DomainError
from secondment.people.files.appointment_forms.pictures import PictureFault
from secondment.people.models import Person

PHOTO_FAULTS = {
    PictureFault.TOO_LARGE: gettext_lazy("照片超过 5 MB。请压缩后再上传。"),
    PictureFault.TOO_MANY_PIXELS: gettext_lazy("照片尺寸过大。请缩小到 2500 万像素以内。"),
    PictureFault.UNREADABLE: gettext_lazy("照片不是可以读取的 JPG、PNG、GIF 或 BMP 图片。请更换。"),
}


class IdentityConflictError(DomainError):
    """The identity number belongs to someone else, or contradicts birth date or sex."""


class EmergencyContactError(DomainError):
    """An emergency contact of whom something is left out."""


class IdentityMissingError(DomainError):
    """There is nothing to reveal."""


class ReasonMissingError(DomainError):
    """A look at protected data needs a reason."""


class AccountNotFittingError(DomainError):
    """An account cannot become, or no longer is, the person's own."""


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


class LikelySameError(DomainError):
    """People whose files the clerk keeps (`people`) may be the person being entered."""

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__(_("可能与已录入的人员是同一人，请先核对。"))
        self.people = people


class MergeRefusedError(DomainError):
    """Two persons cannot be merged, or a merge cannot be undone, in the current state."""


class TooManyNumbersError(DomainError):
    """More identity numbers were typed by hand than one account does in a day."""


class TooManyError(DomainError):
    """More persons than one file should hold."""
