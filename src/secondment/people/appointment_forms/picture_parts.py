"""The parts of JPEG and PNG files: those that draw the picture are kept, all others are left out.

Sources: ITU-T T.81 annex B (JPEG markers), CIPA DC-008 (Exif), W3C PNG Specification, third edition, section 11.
"""

import re
import struct

_PNG_MARK = b"\x89PNG\r\n\x1a\n"
# Size, palette, pixels, transparency, colour and resolution; not eXIf, texts, times and animation.
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs".split())
_START, _END, _SCAN, _COMMENT, _EXIF = 0xD8, 0xD9, 0xDA, 0xFE, 0xE1
_APPLICATION = range(0xE0, 0xF0)
# What application parts begin with when the colours depend on them.
_JPEG_KEPT = (b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe")
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_ORIENTATION = 0x0112


def without_metadata(content: bytes) -> bytes:
    """A JPEG or PNG file with only the parts that draw it; `ValueError` when its parts do not fit together.

    Linear in the length of the file; nothing is decoded.
    """
    return _clean_png(content) if content.startswith(_PNG_MARK) else _clean_jpeg(content)


def _clean_png(content: bytes) -> bytes:
    kept = [_PNG_MARK]
    at = len(_PNG_MARK)
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind = content[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(content):
            break
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        at = end
        if kind == b"IEND":
            return b"".join(kept)
    raise ValueError("the chunks of the PNG file do not end")


def _clean_jpeg(content: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        (length,) = struct.unpack_from(">H", content, at + 2)
        body = content[at + 4 : at + 2 + length]
        after = at + 2 + length
        if length < 2 or after > len(content):
            break
        if marker == _SCAN:
            after = _end_of_scan(content, after)
            kept.append(content[at:after])
        elif marker == _EXIF:
            kept.append(_turned(body))
        elif marker != _COMMENT and (marker not in _APPLICATION or body.startswith(_JPEG_KEPT)):
            kept.append(content[at:after])
        at = after
    if content[at:] in (b"\xff\xd9", b""):
        return b"".join([*kept, b"\xff\xd9"])
    raise ValueError("the parts of the JPEG file do not fit together")


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the coded pixels end and the next part begins."""
    found = _AFTER_SCAN.search(content, at)
    return found.start() if found else len(content)


def _turned(body: bytes) -> bytes:
    """An Exif part that says how the picture is turned and nothing else; empty when it is upright."""
    turn = _orientation(body)
    if turn not in range(2, 9):
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turn, 0)
    exif = b"Exif\x00\x00MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _orientation(body: bytes) -> int:
    """The orientation in an Exif part, 1 when there is none."""
    if not body.startswith(b"Exif\x00\x00"):
        return 1
    tiff = body[6:]
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (n_entries,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(n_entries):
            tag, kind, _n, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * entry)
            if (tag, kind) == (_ORIENTATION, 3):
                return int(value)
    except struct.error:
        return 1
    return 1
