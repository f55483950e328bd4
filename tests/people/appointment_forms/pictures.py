"""Pictures as cameras and programs write them."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

SECRET = b"SECRET-CAMERA"


def gradient(mode: str = "RGB") -> Image.Image:
    """A small picture whose corners differ."""
    picture = Image.new("RGB", (24, 16))
    picture.putdata([(x * 10, y * 15, 90) for y in range(16) for x in range(24)])
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a file."""
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def located_jpeg(turn: int = 1, **options: object) -> bytes:
    """A JPEG with place, device and a comment."""
    exif = Image.Exif()
    exif[0x0110] = SECRET.decode()
    exif[0x0112] = turn
    exif.get_ifd(0x8825)[2] = (39.0, 54.0, 20.0)
    return saved(gradient(), "JPEG", exif=exif, comment=SECRET, **options)


def described_png() -> bytes:
    """A PNG with a text, a time of writing and a trailer."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return saved(gradient(), "PNG", pnginfo=notes) + SECRET


def huge_picture() -> bytes:
    """Twenty kilobytes that unpack to 169 million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    side = 13_000
    rows = zlib.compress(bytes(side * (side // 8 + 1)), 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
