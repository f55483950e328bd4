"""Photos: checked by decoding, kept as they came so that the appointment form gives them back unchanged."""

import datetime as dt
import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from secondment.accounts.models import User
from secondment.documents.models import StoredFile
from secondment.documents.services import store_file
from secondment.people.errors import PhotoError

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "BMP": "image/bmp"}


def photo_type(content: bytes) -> str:
    """The media type of a picture that can be decoded; `PhotoError` otherwise."""
    if len(content) > MOST_BYTES:
        raise PhotoError(_("照片超过 5 MB。请压缩后再上传。"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=tuple(TYPES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PhotoError(_("照片尺寸过大。请缩小到 2500 万像素以内。"))
                picture.load()
                return TYPES[str(picture.format)]
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Warning,
        Image.DecompressionBombError,
    ) as error:
        raise PhotoError(_("照片不是可以读取的 JPG、PNG、GIF 或 BMP 图片。请换一张。")) from error


def store_photo(content: bytes, *, by: User, at: dt.datetime) -> StoredFile:
    """Check and keep a photo."""
    return store_file("photo", content, content_type=photo_type(content), by=by, at=at)
