"""Photos: decoded to see that they are pictures, and freed of everything that is not the picture."""

import io
import warnings
from enum import StrEnum

from PIL import (  # the last two are what Pillow would load while it reads, when the disk is closed
    Image,
    MpoImagePlugin,  # noqa: F401 -- see above
    TiffImagePlugin,  # noqa: F401 -- see above
    UnidentifiedImageError,
)

from secondment.files.picture_parts import without_metadata

MOST_BYTES = 5_000_000
MOST_PIXELS = 25_000_000
MEDIA_TYPES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_READ = ("JPEG", "PNG", "GIF", "BMP")
Image.preinit()  # the same for the formats themselves


class PictureFault(StrEnum):
    """Why a file cannot serve as a photo."""

    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNREADABLE = "unreadable"


class PictureError(ValueError):
    """A file cannot serve as a photo."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def clean_picture(content: bytes) -> bytes:
    """The picture as JPEG or PNG without place, device, time and texts; its pixels stay as they were.

    JPEG and PNG lose parts of the file only, and a turned JPEG keeps the note of how it is turned; GIF and
    BMP (first picture only) become PNG. Cleaning twice is cleaning once. Raises `PictureError`.
    """
    if len(content) > MOST_BYTES:
        raise PictureError(PictureFault.TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _cleaned(content)
    except PictureError:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        Warning,
        Image.DecompressionBombError,
    ) as error:
        raise PictureError(PictureFault.UNREADABLE) from error


def media_type(content: bytes) -> str:
    """The media type of a cleaned picture; `PictureError` for anything else."""
    for mark, name in MEDIA_TYPES.items():
        if content.startswith(mark):
            return name
    raise PictureError(PictureFault.UNREADABLE)


def _cleaned(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=_READ) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise PictureError(PictureFault.TOO_MANY_PIXELS)
        picture.load()
        if content.startswith(tuple(MEDIA_TYPES)):
            cleaned = without_metadata(content)
        else:
            cleaned = without_metadata(_as_png(picture))
        with Image.open(io.BytesIO(cleaned), formats=("JPEG", "PNG")) as again:
            if (again.mode, again.size, again.tobytes()) != (picture.mode, picture.size, picture.tobytes()):
                raise PictureError(PictureFault.UNREADABLE)
    return cleaned


def _as_png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
