"""Photos lose what is not the picture and keep every pixel."""

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.people.appointment_forms.pictures import (
    SECRET,
    adobe_rgb,
    described_png,
    gradient,
    huge_picture,
    located_jpeg,
    profiled,
    saved,
    talkative_jpeg,
    talkative_png,
)

from secondment.files.picture_parts import without_metadata
from secondment.people.files.appointment_forms.pictures import (
    PictureError,
    PictureFault,
    clean_picture,
    media_type,
)
from secondment.people.files.appointment_forms.uploaded import clean_picture_apart


def pixels(content: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        return picture.mode, picture.size, picture.tobytes()


PICTURES = pytest.mark.parametrize(
    "content",
    [
        located_jpeg(),
        located_jpeg(progressive=True, dpi=(300, 300)),
        located_jpeg() + SECRET,
        saved(gradient("CMYK"), "JPEG", comment=SECRET),
        saved(gradient(), "MPO", save_all=True, append_images=[gradient("L").convert("RGB")], comment=SECRET),
        described_png(),
        saved(gradient("P"), "GIF", comment=SECRET),
        saved(gradient(), "BMP") + SECRET,
        saved(gradient("1"), "BMP"),
        profiled("JPEG"),
        profiled("PNG"),
        adobe_rgb(),
        adobe_rgb("CMYK"),
        talkative_jpeg(),
        talkative_png(),
    ],
    ids=[
        "jpeg",
        "progressive",
        "trailer",
        "cmyk",
        "several pictures",
        "png",
        "gif",
        "bmp",
        "bilevel bmp",
        "profiled jpeg",
        "profiled png",
        "adobe rgb",
        "adobe cmyk",
        "talkative jpeg",
        "talkative png",
    ],
)


@PICTURES
def test_the_limited_process_reads_every_kind(content: bytes) -> None:
    assert clean_picture_apart(content, "a.jpg") == clean_picture(content)


@PICTURES
def test_every_pixel_stays_and_nothing_else(content: bytes) -> None:
    cleaned = clean_picture(content)
    assert pixels(cleaned) == pixels(content)
    assert SECRET not in cleaned
    assert b"MPF" not in cleaned
    assert media_type(cleaned) in {"image/jpeg", "image/png"}
    assert clean_picture(cleaned) == cleaned
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert not dict(picture.getexif())


def test_a_picture_without_metadata_stays_byte_for_byte() -> None:
    for content in (saved(gradient(), "JPEG", quality=90), saved(gradient(), "PNG")):
        assert clean_picture(content) == content


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_turned_picture_stays_turned(turn: int) -> None:
    cleaned = clean_picture(located_jpeg(turn))
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert dict(picture.getexif()) == {0x0112: turn}
    assert SECRET not in cleaned
    assert clean_picture(cleaned) == cleaned


def test_both_byte_orders_and_broken_notes_of_turning() -> None:
    def with_exif(body: bytes) -> bytes:
        plain = saved(gradient(), "JPEG")
        return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + plain[2:]

    def turned(body: bytes) -> bool:
        return b"Exif" in without_metadata(with_exif(body))

    entry = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    little = b"Exif\x00\x00II*\x00" + struct.pack("<IH", 8, 1) + entry
    assert turned(little)
    assert not turned(little[:-4])
    assert not turned(b"Exif\x00\x00XX*\x00")
    assert not turned(b"Exif\x00\x00II*\x00" + struct.pack("<IH", 8, 0))
    assert not turned(b"http://ns.adobe.com/xap/1.0/\x00" + SECRET)


def test_what_is_no_photo_is_refused_with_its_reason() -> None:
    def fault(content: bytes) -> PictureFault:
        with pytest.raises(PictureError) as error:
            clean_picture(content)
        return error.value.fault

    assert fault(b"x" * 5_000_001) == PictureFault.TOO_LARGE
    assert fault(huge_picture()) == PictureFault.UNREADABLE
    wide = saved(Image.new("1", (6_000, 5_000)), "PNG")
    assert fault(wide) == PictureFault.TOO_MANY_PIXELS
    for content in (b"", b"<svg/>", saved(gradient(), "PNG")[:60], saved(gradient(), "JPEG")[:60]):
        assert fault(content) == PictureFault.UNREADABLE
    with pytest.raises(PictureError):
        media_type(b"GIF89a")


def test_files_whose_parts_do_not_fit_are_refused() -> None:
    plain, png = saved(gradient(), "JPEG"), saved(gradient(), "PNG")
    for broken in (
        plain[:2] + b"xx" + plain[2:],
        png[:-12],
        png[:8] + struct.pack(">I", 2**31) + png[12:],
        plain[:4] + b"\xff" * 8,
    ):
        with pytest.raises(ValueError, match="do not"):
            without_metadata(broken)
    assert without_metadata(plain[:20] + b"\xff" + plain[20:]) == plain
    assert without_metadata(plain[:-2]) == plain


@settings(max_examples=50)
@given(content=st.binary(max_size=200), mark=st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_cleaned_or_refused(content: bytes, mark: bytes) -> None:
    try:
        cleaned = without_metadata(mark + content)
    except ValueError:
        return
    assert without_metadata(cleaned) == cleaned


def test_colours_without_the_adobe_part_would_be_others() -> None:
    """The twelve bytes are kept because they decide: read without them, the same file has other pixels."""
    content = adobe_rgb()
    at = content.index(b"Adobe")
    without = content[: at - 4] + content[at + 12 + len(SECRET) :]
    assert pixels(without) != pixels(content)
    assert clean_picture(content)[at : at + 12] == b"Adobe\x00\x64\x00\x00\x00\x00\x00"
