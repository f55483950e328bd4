"""The same facts from an .xls: a compound file [MS-CFB] whose stream “Workbook” holds records [MS-XLS]."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from secondment.files.sheet_facts import BrokenPartError, SheetFacts

_FREE = 0xFFFFFFF0  # sectors from here on are marks, not places
_ENTRY = 128
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FORMULA, _SHEET, _ERROR, _ROW, _COLUMNS, _DATES, _BEGIN = 0x06, 0x85, 0x205, 0x208, 0x7D, 0x22, 0x809


def legacy_facts(content: bytes) -> list[SheetFacts]:
    """The facts of the sheets in their order; `BrokenPartError` when the parts of the file cannot be followed."""
    try:
        stream = _workbook_stream(content)
    except (struct.error, IndexError, StopIteration) as error:
        raise BrokenPartError("no stream “Workbook”") from error
    book = _Book()
    for at, kind, body in _records(stream):
        book.take(at, kind, body)
    return book.facts()


@dataclass
class _Page:
    faulty: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class _Book:
    """Gathers what the records say, sheet by sheet."""

    def __init__(self) -> None:
        self.counts_from_1904 = False
        self._starts: list[int] = []
        self._pages: dict[int, _Page] = {}
        self._page = _Page()

    def facts(self) -> list[SheetFacts]:
        """What was found, in the order of the sheets."""
        pages = [self._pages.get(at, _Page()) for at in self._starts]
        return [
            SheetFacts(one.faulty, tuple(one.hidden_rows), tuple(one.hidden_columns), self.counts_from_1904)
            for one in pages
        ]

    def take(self, at: int, kind: int, body: bytes) -> None:
        """One record; those too short for what they should hold are passed over."""
        if kind == _BEGIN:
            self._page = self._pages.setdefault(at, _Page())
        elif kind == _SHEET and len(body) > 3:
            self._starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _DATES and len(body) > 1:
            self.counts_from_1904 = body[0] == 1
        elif kind == _ERROR and len(body) > 7 and body[7] == 1:
            self._page.faulty[struct.unpack_from("<HH", body)] = _ERRORS.get(body[6], "#N/A")
        elif kind == _FORMULA and len(body) > 13 and body[12:14] == b"\xff\xff" and body[6] == 2:
            self._page.faulty[struct.unpack_from("<HH", body)] = _ERRORS.get(body[8], "#N/A")
        elif kind == _ROW and len(body) > 13 and body[12] & 0x20:
            self._page.hidden_rows.append(struct.unpack_from("<H", body)[0])
        elif kind == _COLUMNS and len(body) > 8 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            self._page.hidden_columns.extend(range(first, min(last, 255) + 1))


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _workbook_stream(content: bytes) -> bytes:
    sector = 1 << struct.unpack_from("<H", content, 30)[0]
    table = _table(content, sector)
    first_folder, small_limit, first_small = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    folder = _chain(content, sector, table, first_folder)
    entries = [folder[at : at + _ENTRY] for at in range(0, len(folder) - _ENTRY + 1, _ENTRY)]
    found = next(entry for entry in entries if _entry_name(entry) in {"Workbook", "Book"})
    first, size = struct.unpack_from("<II", found, 116)
    if size >= small_limit:
        return _chain(content, sector, table, first)[:size]
    root_first, root_size = struct.unpack_from("<II", entries[0], 116)
    small_table = _numbers(_chain(content, sector, table, first_small))
    room = _chain(content, sector, table, root_first)[:root_size]
    return _chain(room, 64, small_table, first, n_before=0)[:size]


def _table(content: bytes, sector: int) -> list[int]:
    """The allocation table: for each sector the next one of its stream."""
    listed = list(struct.unpack_from("<109I", content, 76))
    following, n_more = struct.unpack_from("<II", content, 68)
    for _ in range(min(n_more, len(content) // sector)):
        part = _numbers(_sector(content, sector, following))
        listed += part[:-1]
        following = part[-1]
    return [number for one in listed if one < _FREE for number in _numbers(_sector(content, sector, one))]


def _chain(content: bytes, sector: int, table: list[int], first: int, *, n_before: int = 1) -> bytes:
    """A stream, sector after sector; one that runs in a circle ends when it is longer than the file."""
    parts: list[bytes] = []
    while first < _FREE and len(parts) * sector <= len(content):
        at = (first + n_before) * sector
        parts.append(content[at : at + sector])
        first = table[first]
    return b"".join(parts)


def _sector(content: bytes, sector: int, number: int) -> bytes:
    return content[(number + 1) * sector : (number + 2) * sector]


def _numbers(part: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))


def _entry_name(entry: bytes) -> str:
    size = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(size - 2, 0)].decode("utf-16-le", "replace")
