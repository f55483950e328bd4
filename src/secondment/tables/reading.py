"""Read a table from CSV (UTF-8 with or without BOM, GB18030) or .xlsx, as text cells with line numbers."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from secondment.tables.problems import BadInputError, Problem

MOST_ROWS = 2_000_000
MOST_COLUMNS = 200
MOST_TITLE_ROWS = 10
IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True)
class Row:
    """One data row: its line in the file (header = 1) and its cells by column name, stripped."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """A table file: its name, its columns in file order and its rows; wholly blank rows are left out."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(
    path: Path,
    *,
    required: Sequence[str] = (),
    sheet: str | None = None,
    most_rows: int = MOST_ROWS,
    is_header: IsHeader | None = None,
) -> Table:
    """Read `path`; raise `BadInputError` when it is no table or lacks a required column.

    `is_header` finds the header below rows of title; without it, or when none fits, the first row is the header.
    """
    content = read_bytes(path)
    return parse_table(
        content, file=path.name, required=required, sheet=sheet, most_rows=most_rows, is_header=is_header
    )


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
    sheet: str | None = None,
    most_rows: int = MOST_ROWS,
    is_header: IsHeader | None = None,
) -> Table:
    """As `read_table`, from the bytes of an uploaded file; the ending of `file` decides the format."""
    ending = Path(file).suffix.lower()
    if ending in {".xlsx", ".xls"}:
        lines = _excel_lines(content, file, sheet)
    elif ending in {".csv", ".txt", ""}:
        lines = _csv_lines(content, file)
    else:
        raise BadInputError.of_file(
            file, f"files ending in {ending} are not read", "save it as .xlsx or .csv"
        )
    return _table(_from_header(lines, is_header), file, required, most_rows)


def decode_text(content: bytes, *, file: str) -> str:
    """Text from UTF-8 (BOM dropped), else GB18030, which covers GBK and GB2312."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInputError.of_file(file, "is neither UTF-8 nor GB18030 text", "save it as UTF-8 CSV")


def _csv_lines(content: bytes, file: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(decode_text(content, file=file), newline=""))
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        remedy = "open it in a spreadsheet and save it as CSV again"
        raise BadInputError([Problem(file, reader.line_num, "", f"is not CSV ({error})", remedy)]) from error


def _excel_lines(content: bytes, file: str, sheet: str | None) -> list[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise BadInputError.of_file(file, f"has no sheet “{sheet}”", f"sheets found: {', '.join(names)}")
        page = workbook.get_sheet_by_name(sheet if sheet is not None else names[0])
        rows = page.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise BadInputError.of_file(file, "is not an Excel workbook", "save it as .xlsx") from error
    return [(number, [_cell_text(cell) for cell in row]) for number, row in enumerate(rows, start=1)]


def _cell_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return str(cell)


def _from_header(
    lines: list[tuple[int, list[str]]], is_header: IsHeader | None
) -> list[tuple[int, list[str]]]:
    """The lines without the rows of title above the header."""
    if is_header is None:
        return lines
    for place, (_, cells) in enumerate(lines[:MOST_TITLE_ROWS]):
        if is_header(cells):
            return lines[place:]
    return lines


def _table(lines: list[tuple[int, list[str]]], file: str, required: Sequence[str], most_rows: int) -> Table:
    filled = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not filled:
        raise BadInputError.of_file(file, "is empty", "put the column names in the first row and data below")
    header_line, header = filled[0]
    columns = tuple(name.strip() for name in header)
    _check_header(file, header_line, columns, required)
    _check_width(file, filled[1:], len(columns))
    if len(filled) - 1 > most_rows:
        raise BadInputError.of_file(file, f"has more than {most_rows:,} rows", "split the file")
    rows = tuple(
        Row(line, {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name})
        for line, cells in filled[1:]
    )
    return Table(file, columns, rows)


def _check_header(file: str, line: int, columns: tuple[str, ...], required: Sequence[str]) -> None:
    if len(columns) > MOST_COLUMNS:
        raise BadInputError.of_file(file, f"has {len(columns)} columns", f"keep at most {MOST_COLUMNS}")
    problems = [
        Problem(file, line, name, "the column is missing", f"add a column “{name}” to the header")
        for name in required
        if name not in columns
    ]
    named = [name for name in columns if name]
    problems += [
        Problem(file, line, name, "the column stands twice", "rename or delete one of them")
        for name in sorted({name for name in named if named.count(name) > 1})
    ]
    if problems:
        raise BadInputError(problems)


def _check_width(file: str, lines: list[tuple[int, list[str]]], width: int) -> None:
    """A cell beyond the header is a decimal comma or an unquoted comma: never drop it in silence."""
    problems = [
        Problem(
            file,
            line,
            "",
            f"has {len(cells)} cells, the header has {width}",
            "put texts with commas in quotes, write decimals with a point",
        )
        for line, cells in lines
        if any(cell.strip() for cell in cells[width:])
    ]
    if problems:
        raise BadInputError(problems)
