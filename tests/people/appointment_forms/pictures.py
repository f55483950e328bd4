"""Pictures as cameras and programs write them."""

import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

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


def profiled(kind: str, mode: str = "RGB") -> bytes:
    """A picture whose colour profile holds a text."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    return saved(gradient(mode), kind, icc_profile=profile)


def with_parts(content: bytes, *parts: tuple[int, bytes]) -> bytes:
    """A JPEG with more application parts behind its start."""
    added = b"".join(bytes([0xFF, mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in parts)
    return content[:2] + added + content[2:]


def adobe_rgb(mode: str = "RGB") -> bytes:
    """A JPEG whose Adobe part decides how colours are read and holds a text behind its twelve bytes."""
    plain = saved(gradient(mode), "JPEG")
    at = plain.find(b"Adobe")  # Pillow writes one of its own for CMYK, and a JFIF part for RGB
    plain = plain[: at - 4] + plain[at + 12 :] if at >= 0 else plain[:2] + plain[20:]
    return with_parts(plain, (0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x00" + SECRET))


def talkative_jpeg() -> bytes:
    """Texts in every part that could be taken for a harmless one."""
    jfif = b"JFIF\x00\x01\x02\x01\x01\x2c\x01\x2c\x02\x02" + SECRET
    plain = saved(gradient(), "JPEG")
    return with_parts(plain[:2] + plain[20:], (0xE0, jfif), (0xEE, b"Adobe" + SECRET))


def talkative_png() -> bytes:
    """Chunks of fixed length that are longer and hold a text."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    plain = saved(gradient(), "PNG")
    return plain[:33] + chunk(b"pHYs", bytes(9) + SECRET) + chunk(b"gAMA", SECRET) + plain[33:]


def huge_picture() -> bytes:
    """Twenty kilobytes that unpack to 169 million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    side = 13_000
    rows = zlib.compress(bytes(side * (side // 8 + 1)), 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
