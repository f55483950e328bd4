"""The parts of JPEG and PNG files: those that draw the picture are kept, all others are left out.

Sources: ITU-T T.81 annex B (JPEG markers), CIPA DC-008 (Exif), W3C PNG Specification, third edition, section 11.
"""

import re
import struct

_PNG_MARK = b"\x89PNG\r\n\x1a\n"
# Size, palette, pixels, transparency, colour and resolution, each with its greatest length; not eXIf, texts, times,
# animation, and no iCCP: a colour profile holds free texts, and no pixel depends on it.
_PNG_KEPT = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"IDAT": 2**31,
    b"IEND": 0,
    b"tRNS": 256,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"sBIT": 4,
    b"bKGD": 6,
    b"pHYs": 9,
}
_START, _END, _SCAN, _EXIF, _JFIF, _ADOBE = 0xD8, 0xD9, 0xDA, 0xE1, 0xE0, 0xEE
# Frames, tables, numbers of lines and restarts.
_JPEG_KEPT = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF})
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
        if length <= _PNG_KEPT.get(kind, -1):
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
        elif marker in _REWRITTEN:
            kept.append(_REWRITTEN[marker](body))
        elif marker in _JPEG_KEPT:
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
    """An Exif part with the orientation of the picture and nothing else; empty when it is upright."""
    turn = _orientation(body)
    if turn not in range(2, 9):
        return b""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turn, 0)
    exif = b"Exif\x00\x00MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _resolution(body: bytes) -> bytes:
    """A JFIF part without its thumbnail; empty for anything else in this place."""
    if len(body) < 12 or not body.startswith(b"JFIF\x00"):
        return b""
    return b"\xff\xe0\x00\x10" + body[:12] + b"\x00\x00"


def _colours(body: bytes) -> bytes:
    """An Adobe part with the way colours are coded (0 to 2) and nothing else."""
    if len(body) < 12 or not body.startswith(b"Adobe") or body[11] > 2:
        return b""
    return b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + body[11:12]


# Application parts that a picture needs, rewritten with only what is needed of them.
_REWRITTEN = {_EXIF: _turned, _JFIF: _resolution, _ADOBE: _colours}


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
