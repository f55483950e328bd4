"""Fill single cells of a workbook by their names; every other byte of every other part stays as it is.

A workbook is a zip of XML. Sheets are changed cell by cell rather than written anew, because no library keeps pictures, shapes and
extensions of a form that somebody else has designed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml import minidom
from defusedxml.common import DefusedXmlException

MOST_BYTES, MOST_UNPACKED = 5_000_000, 60_000_000
BOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
MACROS = re.compile(r"vbaProject|macrosheets|macroEnabled", re.IGNORECASE)
PLACE = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
CELL = re.compile(rf"\A(?:'((?:[^']|'')+)'|([^'!]+))!{PLACE}(?::{PLACE})?\Z")
AREA = re.compile(rf"\A{PLACE}:{PLACE}\Z")
Corner = tuple[int, int]  # row and column


class FormError(ValueError):
    """The workbook cannot be used as a form; `code` says why, `values` name what is meant."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class NamedCell:
    """Where a name leads: the part of the workbook that holds the sheet, and the cell."""

    part: str
    column: str
    row: int

    @property
    def reference(self) -> str:
        """As a cell is called."""
        return f"{self.column}{self.row}"


class Form:
    """A workbook whose named cells can be filled."""

    def __init__(self, content: bytes) -> None:
        self._parts = _unpacked(content)
        self._book = _parsed(self._parts, BOOK)
        self._sheets = self._sheet_parts()
        self._seen: dict[str, Any] = {}
        self.cells: dict[str, NamedCell] = {}
        self.broken: list[str] = []  # names of cells that are gone, or of several cells at once
        for node in self._book.getElementsByTagNameNS("*", "definedName"):
            self._take(node)

    def with_formulas(self) -> list[str]:
        """Names whose cell computes something; it is kept."""
        return [name for name, cell in self.cells.items() if self._has_formula(cell)]

    def filled(self, values: Mapping[str, int]) -> bytes:
        """The workbook with these numbers in the cells of these names; it computes its formulas anew when it is opened."""
        changed: dict[str, Any] = {}
        for name, number in values.items():
            cell = self.cells[name]
            document = changed.setdefault(cell.part, _parsed(self._parts, cell.part))
            _write(document, cell, number)
        _compute_on_opening(self._book)
        parts = {**changed, BOOK: self._book}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                archive.writestr(name, parts[name].toxml("UTF-8") if name in parts else content)
        return out.getvalue()

    def _sheet_parts(self) -> dict[str, str]:
        targets = {
            node.getAttribute("Id"): node.getAttribute("Target")
            for node in _parsed(self._parts, RELATIONS).getElementsByTagNameNS("*", "Relationship")
        }
        found = {}
        for node in self._book.getElementsByTagNameNS("*", "sheet"):
            target = targets.get(node.getAttribute("r:id"), "")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            found[node.getAttribute("name").casefold()] = part
        return found

    def _take(self, node: Any) -> None:
        name, refers_to = node.getAttribute("name"), _text(node).strip()
        if name.startswith("_xlnm.") or node.getAttribute("hidden") in {"1", "true"}:
            return
        match = CELL.match(refers_to)
        sheet = (match[1] or match[2]).replace("''", "'").casefold() if match else ""
        part = self._sheets.get(sheet, "")
        first = self._meant(part, match.groups()[2:]) if match and part in self._parts else None
        if first is None:
            self.broken.append(name)
        else:
            self.cells[name] = NamedCell(part, _letters(first[1]), first[0])

    def _meant(self, part: str, places: tuple[str, ...]) -> Corner | None:
        """The one cell that is meant: merged cells are one, which shows what its first cell holds."""
        document = self._document(part)
        if not document.getElementsByTagNameNS("*", "sheetData"):
            return None  # a sheet of one chart
        first = _corner(*places[:2])
        last = _corner(*places[2:]) if places[2] else first
        for one in document.getElementsByTagNameNS("*", "mergeCell"):
            if area := AREA.match(one.getAttribute("ref")):
                top, end = _corner(*area.groups()[:2]), _corner(*area.groups()[2:])
                if _is_within(first, top, end) and _is_within(last, top, end):
                    return top
        return first if first == last else None

    def _document(self, part: str) -> Any:
        """The part, parsed once for all names; it is read, never written."""
        if part not in self._seen:
            self._seen[part] = _parsed(self._parts, part)
        return self._seen[part]

    def _has_formula(self, cell: NamedCell) -> bool:
        found = _find(self._document(cell.part), cell)
        return found is not None and bool(found.getElementsByTagNameNS("*", "f"))


def _unpacked(content: bytes) -> dict[str, bytes]:
    if len(content) > MOST_BYTES:
        raise FormError("too large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            is_small = sum(entry.file_size for entry in archive.infolist()) <= MOST_UNPACKED
            parts = {one.filename: archive.read(one) for one in archive.infolist()} if is_small else None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError):
        raise FormError("not a workbook") from None
    if parts is None:
        raise FormError("too large")
    if any(MACROS.search(name) for name in parts) or MACROS.search(
        parts.get(TYPES, b"").decode("utf-8", "replace")
    ):
        raise FormError("macros")
    return parts


def _parsed(parts: Mapping[str, bytes], name: str) -> Any:
    try:
        return minidom.parseString(parts[name])  # type: ignore[arg-type]  # bytes as well
    except (KeyError, DefusedXmlException, ExpatError, ValueError):
        raise FormError("not a workbook") from None


def _find(document: Any, cell: NamedCell) -> Any | None:
    cells = document.getElementsByTagNameNS("*", "c")
    return next((node for node in cells if node.getAttribute("r") == cell.reference), None)


def _write(document: Any, cell: NamedCell, number: int) -> None:
    """The number in place of what the cell held; its style stays."""
    node = _find(document, cell) or _new_cell(document, cell)
    for child in list(node.childNodes):
        node.removeChild(child)
    if node.hasAttribute("t"):
        node.removeAttribute("t")
    value = document.createElementNS(node.namespaceURI, _tag(node, "v"))
    value.appendChild(document.createTextNode(str(number)))
    node.appendChild(value)


def _new_cell(document: Any, cell: NamedCell) -> Any:
    """An empty cell that the file leaves out, at its place in its row."""
    row = _row(document, cell.row)
    node = document.createElementNS(row.namespaceURI, _tag(row, "c"))
    node.setAttribute("r", cell.reference)
    behind = [one for one in _children(row, "c") if _place(one.getAttribute("r")) > _place(cell.reference)]
    row.insertBefore(node, behind[0] if behind else None)
    return node


def _row(document: Any, number: int) -> Any:
    data = document.getElementsByTagNameNS("*", "sheetData")[0]
    rows = _children(data, "row")
    for row in rows:
        if row.getAttribute("r") == str(number):
            return row
    made = document.createElementNS(data.namespaceURI, _tag(data, "row"))
    made.setAttribute("r", str(number))
    behind = [row for row in rows if int(row.getAttribute("r") or 0) > number]
    data.insertBefore(made, behind[0] if behind else None)
    return made


def _compute_on_opening(book: Any) -> None:
    """Sums kept with the file are those of the empty form."""
    found = book.getElementsByTagNameNS("*", "calcPr")
    root = book.documentElement
    node = found[0] if found else book.createElementNS(root.namespaceURI, _tag(root, "calcPr"))
    node.setAttribute("fullCalcOnLoad", "1")
    if not found:
        names = _children(root, "definedNames")
        root.insertBefore(node, names[0].nextSibling)


def _children(node: Any, name: str) -> list[Any]:
    return [one for one in node.childNodes if getattr(one, "localName", None) == name]


def _tag(beside: Any, name: str) -> str:
    """The name with the prefix that the file uses."""
    return f"{beside.prefix}:{name}" if beside.prefix else name


def _place(reference: str) -> tuple[int, str]:
    column = reference.rstrip("0123456789")
    return len(column), column


def _corner(column: str, row: str) -> Corner:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(row), number


def _letters(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _is_within(corner: Corner, top: Corner, end: Corner) -> bool:
    return top[0] <= corner[0] <= end[0] and top[1] <= corner[1] <= end[1]


def _text(node: Any) -> str:
    return "".join(child.data for child in node.childNodes if child.nodeType in {3, 4})
