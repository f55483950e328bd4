"""Read a table from a workbook or a text file of any desk: one reader for the web and the command line."""

import logging
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from secondment.files.delimited import (
    decode_text,
    is_separated,
    is_unmarked_utf16,
    is_web_page,
    note_on,
    padding,
    text_lines,
)
from secondment.files.faults import Fault
from secondment.files.headers import MOST_HEADER_LINES, Headers, Layout, Meanings, find_header
from secondment.files.problems import BadInputError, Problem
from secondment.files.sheet_table import table_of
from secondment.files.table import Questions, Table
from secondment.files.workbooks import Sheet, is_workbook, read_sheets

__all__ = ["decode_text"]

logger = logging.getLogger(__name__)
MOST_ROWS = 2_000_000
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".et")
TEXT_ENDINGS = (".csv", ".txt", ".tsv", "")
UNKNOWN_COLUMNS = "%s: columns that are not known were not read: %s"
CHOICE = "; say --map COLUMN=FIELD or --ignore COLUMN"
NO_WORKBOOK = Fault("no_workbook")


def read_table(
    path: Path,
    *,
    required: Sequence[str] = (),
    layout: Layout | None = None,
    most_rows: int = MOST_ROWS,
    headers: Headers | None = None,
) -> Table:
    """As `parse_table`, from a file; what was done with its sheet and what was not read is logged."""
    table = parse_table(
        read_bytes(path),
        file=path.name,
        required=required,
        layout=layout,
        most_rows=most_rows,
        headers=headers,
    )
    for note in table.notes:
        logger.warning("%s", note)
    unknown = [name for name, _ in table.questions.columns]
    note_unknown(path.name, unknown, choice="" if layout is None else CHOICE)
    return table


def note_unknown(file: str, headers: Sequence[str], *, choice: str = "") -> None:
    """Name the columns nobody understands; `choice` says how to tell what they are, where one can."""
    if headers:
        logger.warning(UNKNOWN_COLUMNS, file, "、".join(headers) + choice)


def read_bytes(path: Path) -> bytes:
    """The whole content of `path`; `BadInputError` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError.of_file(
            path.name, f"cannot be read ({error.strerror})", "check the path"
        ) from error


def parse_table(
    content: bytes,
    *,
    file: str,
    required: Sequence[str] = (),
    layout: Layout | None = None,
    most_rows: int = MOST_ROWS,
    headers: Headers | None = None,
) -> Table:
    """As `examine_table`, but a faulty cell and a sheet that has to be chosen refuse the file."""
    return settled(
        examine_table(
            content, file=file, required=required, layout=layout, most_rows=most_rows, headers=headers
        )
    )


def settled(table: Table) -> Table:
    """The table, when no cell is faulty and its sheet need not be chosen; raises `BadInputError` otherwise."""
    if table.questions.sheets:
        shown = "、".join(f"{name} ({n})" for name, n in table.questions.sheets)
        raise BadInputError.of_fault(table.file, Fault("several_sheets", {"sheets": shown}))
    if faults := [fault for row in table.rows for fault in row.faults]:
        raise BadInputError(faults)
    return table


def examine_table(
    content: bytes,
    *,
    file: str,
    required: Sequence[str] = (),
    layout: Layout | None = None,
    most_rows: int = MOST_ROWS,
    headers: Headers | None = None,
) -> Table:
    """The table in the bytes of a file, with what is faulty in its cells and what only a person can say.

    The content decides what the file is, not its ending. With `headers` the header is looked for below rows of
    title, in one line or two, and names are given in their spelling there; without, it is the first filled line.
    """
    layout = layout or Layout()
    meanings = Meanings(headers) if headers else None
    _check_ending(file)
    if is_workbook(content):
        sheet, notes = _chosen(read_sheets(content, file), file, meanings, layout)
        if Path(file).suffix.lower() in TEXT_ENDINGS:
            notes = [Problem(file, 0, "", Fault("workbook_not_text")), *notes]
    else:
        sheet, notes = _text_sheet(content, file, meanings)
    if isinstance(sheet, Questions):
        return Table(file, (), (), questions=sheet)
    table = table_of(sheet, file=file, headers=headers, layout=layout, required=required, most_rows=most_rows)
    return Table(file, table.columns, table.rows, table.header_line, (*notes, *table.notes), table.questions)


def _check_ending(file: str) -> None:
    ending = Path(file).suffix.lower()
    if ending not in (*WORKBOOK_ENDINGS, *TEXT_ENDINGS, ".xlsb", ".ods"):
        raise BadInputError.of_fault(file, Fault("ending_not_read", {"ending": ending}))


def _text_sheet(content: bytes, file: str, meanings: Meanings | None) -> tuple[Sheet, list[Problem]]:
    """The one sheet of a text file, and notes on its kind."""
    is_misnamed = Path(file).suffix.lower() not in TEXT_ENDINGS
    if is_web_page(content):
        raise BadInputError.of_fault(file, Fault("web_page"))
    if is_unmarked_utf16(content):
        raise BadInputError.of_fault(file, Fault("unmarked_utf16"))
    try:
        text = decode_text(content, file=file)
    except BadInputError:
        if is_misnamed:
            raise BadInputError.of_fault(file, NO_WORKBOOK) from None
        raise
    n_padding = padding(text)
    text = text.rstrip("\0")
    lines, separator = text_lines(text, file=file, meanings=meanings)
    if not any(any(map(str.strip, cells)) for cells in lines):
        raise BadInputError.of_fault(file, Fault("file_empty"))
    if is_misnamed and not is_separated(lines):
        raise BadInputError.of_fault(file, NO_WORKBOOK)
    told = [
        (is_misnamed, Fault("text_not_workbook")),
        (separator != ",", note_on(separator)),
        (n_padding, Fault("nul_behind", {"n": n_padding})),
    ]
    return Sheet(file, lines), [Problem(file, 0, "", note) for is_so, note in told if is_so]


def _chosen(
    sheets: Sequence[Sheet], file: str, meanings: Meanings | None, layout: Layout
) -> tuple[Sheet | Questions, list[Problem]]:
    """The sheet to read, and notes on those that are not; questions when a person has to choose."""
    filled = [sheet for sheet in sheets if sheet.n_filled]
    if layout.sheet is not None:
        fitting = [sheet for sheet in filled if sheet.name == layout.sheet]
        if not fitting:
            names = "、".join(sheet.name for sheet in filled)
            fault = Fault("no_such_sheet", {"sheet": layout.sheet, "names": names})
            raise BadInputError.of_fault(file, fault)
    else:
        fitting = _fitting(filled, meanings)
    if not fitting:
        raise BadInputError.of_fault(file, Fault("file_empty"))
    if len(fitting) > 1:
        return Questions(sheets=tuple((one.name, one.n_filled) for one in fitting)), []
    return fitting[0], _notes_of_sheets(file, filled, fitting[0])


def _fitting(filled: Sequence[Sheet], meanings: Meanings | None) -> list[Sheet]:
    """The sheets whose header is understood best; visible ones before hidden ones."""
    candidates = [one for one in filled if not one.is_hidden] or list(filled)
    if meanings is None:
        return candidates[:1]
    known = [_n_known(one, meanings) for one in candidates]
    if max(known, default=0) == 0:
        return candidates
    least = max(2, max(known) // 2) if max(known) > 1 else 1
    return [one for one, n in zip(candidates, known, strict=True) if n >= least]


def _n_known(sheet: Sheet, meanings: Meanings) -> int:
    filled = (cells for cells in sheet.lines if any(map(str.strip, cells)))
    return meanings.n_of(find_header(list(islice(filled, MOST_HEADER_LINES)), meanings).names)


def _notes_of_sheets(file: str, filled: Sequence[Sheet], taken: Sheet) -> list[Problem]:
    others = [one for one in filled if one is not taken]
    if not others:
        return []
    notes = [Fault("sheet_read", {"sheet": taken.name})]
    notes += [Fault("sheet_not_read", {"sheet": one.name, "n": one.n_filled}) for one in others]
    return [Problem(file, 0, "", note) for note in notes]
