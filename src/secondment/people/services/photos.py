"""Photos: read apart, freed of place, device and time, and kept as JPEG or PNG."""

import datetime as dt

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.file_faults import told_whole
from secondment.documents.models import StoredFile
from secondment.documents.services import lay_down
from secondment.files.picture_parts import without_metadata
from secondment.files.problems import BadInputError
from secondment.people.errors import PHOTO_FAULTS, PhotoError
from secondment.people.files.appointment_forms.pictures import PictureError, PictureFault, media_type
from secondment.people.files.appointment_forms.uploaded import clean_picture_apart


def cleaned_photo(content: bytes, file: str) -> bytes:
    """A photo that someone uploads, cleaned; call it before the transaction, for it takes a moment."""
    try:
        return clean_picture_apart(content, file)
    except PictureError as error:
        raise PhotoError(PHOTO_FAULTS[error.fault]) from error
    except BadInputError as error:
        raise PhotoError(told_whole(error.problems[0].fault)) from error


def store_photo(content: bytes, *, by: User, at: dt.datetime) -> StoredFile:
    """Keep a cleaned photo; one that still carries more than the picture is refused."""
    stored = lay_down_photo(content, by=by, at=at)
    stored.save(force_insert=True)
    return stored


def lay_down_photo(content: bytes, *, by: User, at: dt.datetime) -> StoredFile:
    """A cleaned photo in the storage, whose row is not saved."""
    try:
        is_clean = without_metadata(content) == content
        kind = media_type(content)
    except ValueError as error:
        raise PhotoError(PHOTO_FAULTS[PictureFault.UNREADABLE]) from error
    if not is_clean:
        raise PhotoError(_("照片仍含有拍摄地点、设备等信息，没有保存。请重新上传。"))
    return lay_down("photo", content, content_type=kind, by=by, at=at)
