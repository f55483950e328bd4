"""Lines of a text file with cells between commas, tabs or semicolons, in the encodings that desks use."""

import csv
import io
from collections.abc import Sequence

from secondment.files.faults import Fault
from secondment.files.headers import MOST_TITLE_ROWS, Meanings
from secondment.files.problems import BadInputError, Problem

SEPARATORS = {",": None, "\t": Fault("tabs_between"), ";": Fault("semicolons_between")}
"""Separators that are looked for, with the notes on them."""
HEAD = 20_000
"""Characters by which the separator is told."""
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def decode_text(content: bytes, *, file: str) -> str:
    """Text from UTF-16 with its mark, UTF-8 (mark dropped), else GB18030, which covers GBK and GB2312."""
    marked = _BYTE_ORDER_MARKS.get(content[:2])
    for encoding in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise BadInputError.of_fault(file, Fault("unknown_encoding"))


def text_lines(text: str, *, file: str, meanings: Meanings | None) -> tuple[list[list[str]], str]:
    """Every record of the file, blank ones too, and what stands between its cells.

    A record is a row of the sheet in which a clerk sees the file: quoted line breaks count as one.
    """
    named = _named_separator(text)
    if named is not None:
        separator, text = named
        return _records(text, separator, file), separator
    separator = max(SEPARATORS, key=lambda one: _fitness(text[:HEAD], one, file, meanings))
    return _records(text, separator, file), separator


def _named_separator(text: str) -> tuple[str, str] | None:
    """The separator that the line `sep=;` names, and the lines below it; spreadsheets do not show that line."""
    first, _, rest = text.partition("\n")
    word = first.strip("\r").strip('"')
    return (word[4], rest) if len(word) == 5 and word.lower().startswith("sep=") else None


def _fitness(head: str, separator: str, file: str, meanings: Meanings | None) -> tuple[int, int]:
    """Known headers that this separator finds, and whether it separates anything; the earlier wins a tie."""
    try:
        records = _records(head, separator, file)
    except BadInputError:
        return 0, 0
    top = records[:MOST_TITLE_ROWS]
    n_known = max((meanings.n_of(record) for record in top), default=0) if meanings else 0
    first = next((record for record in records if any(record)), [])
    return n_known, int(len(first) > 1)


def _records(text: str, separator: str, file: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        fault = Fault("no_csv", {"reason": str(error)})
        raise BadInputError([Problem(file, len(records) + 1, "", fault)]) from error
    return records


def is_web_page(content: bytes) -> bool:
    """Whether a file is really HTML or XML, which many systems call “Excel”."""
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<?xml"))


def is_unmarked_utf16(content: bytes) -> bool:
    """Whether every line break has a NUL beside it though no mark says what that means."""
    has_mark = content[:2] in _BYTE_ORDER_MARKS
    n_beside = content.count(b"\n\0") + content.count(b"\0\n")
    return not has_mark and 0 < content.count(b"\n") <= n_beside


def note_on(separator: str) -> Fault:
    """That the cells are not parted by commas."""
    return SEPARATORS.get(separator) or Fault("sign_between", {"sign": separator})


def padding(text: str) -> int:
    """How many NUL characters stand behind the text: some programs fill a file up with them."""
    return len(text) - len(text.rstrip("\0"))


def is_separated(lines: Sequence[Sequence[str]]) -> bool:
    """Whether a text looks like a table at all: its first filled line has several cells."""
    return any(len(line) > 1 for line in lines if any(line))
