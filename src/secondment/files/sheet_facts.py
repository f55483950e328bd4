"""What the XML of an .xlsx says beside the values: hidden rows and columns, errors, formulas without a value, 1904."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_ROWS = 1_048_576
_CHUNK = 1 << 20
_TRUE = {"1", "true"}
_CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")
# None of these bytes, no facts: most sheets are told in a glance. `<f` may carry a prefix.
_SIGNS = (b"hidden", b'"e"', b"'e'", b"<f", b":f")


class BrokenPartError(Exception):
    """A part of the file does not say what its format promises."""


@dataclass(frozen=True)
class SheetFacts:
    """Rows and columns count from 0. `faulty` holds the error that a cell shows, or its formula after “=”."""

    faulty: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    counts_from_1904: bool = False


NO_FACTS = SheetFacts()


def facts_of_sheets(archive: zipfile.ZipFile) -> list[SheetFacts]:
    """The facts of the sheets in their order; a part that is missing or broken raises `BrokenPartError` or KeyError."""
    book = _Book()
    _parse(_chunks(archive, _book_path(archive)), book.start)
    targets = _targets(archive, _book_path(archive))
    return [_facts(archive, targets[key], counts_from_1904=book.counts_from_1904) for key in book.sheets]


def column_letters(column: int) -> str:
    """The letters of a column that counts from 0: A, Z, AA."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


class _Book:
    """Keys of the parts of the sheets, and where days are counted from."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.counts_from_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            keys = (text for name, text in attributes.items() if name.endswith(":id"))
            self.sheets.append(next(keys, ""))
        elif tag == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904", "") in _TRUE


class _Page:
    """Gathers the facts of one sheet while its XML goes by; texts are listened to in formulas and errors only."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.faulty: dict[tuple[int, int], str] = {}
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self._parser = parser
        self._row = self._column = -1
        self._reference = self._kind = ""
        self._texts: dict[str, list[str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A cell, its formula or value, a row or a column begins."""
        if tag == "c":
            self.end_cell()
            self._column += 1
            self._reference, self._kind = attributes.get("r", ""), attributes.get("t", "")
        elif tag in {"f", "v"} and (tag == "f" or self._texts or self._kind == "e"):
            self._texts[tag] = []
            self._parser.CharacterDataHandler = self._texts[tag].append
        elif tag == "row":
            self.end_cell()
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if attributes.get("hidden") in _TRUE:
                self.hidden_rows.append(self._row)
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            last = min(int(attributes["max"]), int(attributes["min"]) + 255)
            self.hidden_columns.extend(range(int(attributes["min"]) - 1, last))

    def end_cell(self) -> None:
        """Judge the cell that went by."""
        if self._texts or self._kind == "e":
            formula, value = ("".join(self._texts.get(tag, ())).strip() for tag in ("f", "v"))
            is_empty_text = self._kind == "str" and "v" in self._texts
            if self._kind == "e":
                self.faulty[self._place()] = value or "#N/A"
            elif not value and not is_empty_text:
                self.faulty[self._place()] = "=" + formula
            self._texts = {}
            self._parser.CharacterDataHandler = None
        self._kind = ""

    def _place(self) -> tuple[int, int]:
        place = self._row, self._column
        if found := _CELL.fullmatch(self._reference):
            place = int(found[2]) - 1, _number(found[1])
        if place[0] >= MOST_ROWS:
            raise BrokenPartError(f"row {place[0] + 1}")
        return place


def _facts(archive: zipfile.ZipFile, path: str, *, counts_from_1904: bool) -> SheetFacts:
    if not _has_signs(_chunks(archive, path)):
        return SheetFacts(counts_from_1904=counts_from_1904)
    parser = expat.ParserCreate()
    page = _Page(parser)
    _parse(_chunks(archive, path), page.start, parser)
    page.end_cell()
    return SheetFacts(page.faulty, tuple(page.hidden_rows), tuple(page.hidden_columns), counts_from_1904)


def _has_signs(chunks: Iterator[bytes]) -> bool:
    """Whether a sheet may hold any fact; text in another encoding than UTF-8 is always looked at."""
    tail = b""
    for number, chunk in enumerate(chunks):
        if number == 0 and b"\0" in chunk[:4]:
            return True
        window = tail + chunk
        if any(sign in window for sign in _SIGNS):
            return True
        tail = chunk[-8:]
    return False


def _number(letters: str) -> int:
    """Columns from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _book_path(archive: zipfile.ZipFile) -> str:
    """Where the workbook stands: nearly always here, else the package says it."""
    usual = "xl/workbook.xml"
    if usual in archive.namelist():
        return usual
    found = [target for target in _targets(archive, "").values() if target.endswith("workbook.xml")]
    return found[0] if found else usual


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Key of a relationship of a part → path in the archive."""
    folder, name = posixpath.split(part)
    targets: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            targets[attributes.get("Id", "")] = posixpath.normpath(path)

    _parse(_chunks(archive, posixpath.join(folder, "_rels", f"{name}.rels")), start)
    return targets


def _chunks(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    with archive.open(path) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _parse(
    chunks: Iterator[bytes],
    start: Callable[[str, dict[str, str]], None],
    parser: expat.XMLParserType | None = None,
) -> None:
    """Tell the beginnings of elements, without prefixes; a document type, and so an entity, is refused."""

    def begin(name: str, attributes: dict[str, str]) -> None:
        start(name if ":" not in name else name.partition(":")[2], attributes)

    parser = parser or expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = begin
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise BrokenPartError(str(error)) from error


def _refuse_doctype(*_: object) -> None:
    raise BrokenPartError("a document type")
