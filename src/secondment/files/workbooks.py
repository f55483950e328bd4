"""Sheets of an Excel workbook as text cells, with what a spreadsheet shows and a list of values hides."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from secondment.files.faults import Fault
from secondment.files.legacy_sheets import legacy_facts
from secondment.files.problems import BadInputError
from secondment.files.sheet_facts import NO_FACTS, BrokenPartError, SheetFacts, facts_of_sheets

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LEGACY = b"\xd0\xcf\x11\xe0"
ARCHIVE = b"PK"
_EXACT_DIGITS = 10**15
_SERIAL_DIGITS = 5
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, LookupError, BrokenPartError)

Faults = dict[tuple[int, int], Fault]
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sheet:
    """Lines of text cells from the first row on; rows and columns of faults and marks count from 0."""

    name: str
    lines: list[list[str]]
    faults: Faults = field(default_factory=dict)
    merged: tuple[Range, ...] = ()
    facts: SheetFacts = NO_FACTS
    is_hidden: bool = False

    @property
    def n_filled(self) -> int:
        """How many rows hold something."""
        return sum(any(map(str.strip, cells)) for cells in self.lines)


def is_workbook(content: bytes) -> bool:
    """Whether the content is one of Excel's, whatever the file is called."""
    return content.startswith((LEGACY, ARCHIVE))


def read_sheets(content: bytes, file: str) -> list[Sheet]:
    """All sheets with cells; `BadInputError` when it is no workbook that can be read whole."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        facts = _facts(content, file)
        return [
            _sheet(
                workbook.get_sheet_by_index(place),
                facts[place],
                is_hidden=one.visible != SheetVisibleEnum.Visible,
            )
            for place, one in enumerate(workbook.sheets_metadata)
            if one.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise BadInputError.of_fault(file, Fault("password")) from error
    except (CalamineError, *_BROKEN) as error:
        raise BadInputError.of_fault(file, Fault("no_workbook")) from error


def _facts(content: bytes, file: str) -> Sequence[SheetFacts]:
    """What calamine does not tell, sheet by sheet."""
    if content.startswith(LEGACY):
        return legacy_facts(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not {"xl/workbook.bin", "content.xml"}.isdisjoint(archive.namelist()):
            raise BadInputError.of_fault(file, Fault("opaque_workbook"))
        return facts_of_sheets(archive)


def _sheet(page: "CalamineSheet", facts: SheetFacts, *, is_hidden: bool) -> Sheet:
    faults: Faults = {}
    lines = [
        [
            cell if type(cell) is str else _text(cell, (row, column), facts, faults)
            for column, cell in enumerate(cells)
        ]
        for row, cells in enumerate(page.to_python(skip_empty_area=False))
    ]
    for (row, column), shown in facts.faulty.items():
        lines.extend([] for _ in range(row + 1 - len(lines)))
        lines[row].extend("" for _ in range(column + 1 - len(lines[row])))
        lines[row][column] = shown
        is_formula = shown.startswith("=")
        faults[row, column] = (
            Fault("no_stored_value") if is_formula else Fault("error_cell", {"shown": shown})
        )
    name = page.name.replace("\0", "\ufffd")  # an .xls may hold it, and no database keeps it
    return Sheet(name, lines, faults, tuple(page.merged_cell_ranges or ()), facts, is_hidden)


def _text(cell: object, place: tuple[int, int], facts: SheetFacts, faults: Faults) -> str:
    """A cell that is no text; what a number cannot tell any more becomes a fault."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if not isinstance(cell, float) or not cell.is_integer():
        return str(cell)
    text = str(int(cell))
    if abs(cell) >= _EXACT_DIGITS:
        faults[place] = Fault("lost_digits", {"text": f"{cell:.5E}"})
    elif facts.counts_from_1904 and len(text) == _SERIAL_DIGITS:
        faults[place] = Fault("days_from_1904")
    return text
