"""Tables read apart: as `tables.reading.parse_table`, for files that people upload."""

from collections.abc import Iterator, Sequence
from typing import Any

import python_calamine  # noqa: F401 -- loaded before the limits close the disk

from secondment.tables.reading import MOST_ROWS, Row, Table, parse_table
from secondment.tables.sandbox.limits import LIST, Limits
from secondment.tables.sandbox.reading import read_apart


def parse_table_apart(
    content: bytes,
    *,
    file: str,
    required: Sequence[str] = (),
    most_rows: int = MOST_ROWS,
    limits: Limits = LIST,
) -> Table:
    """The table in the bytes of an uploaded file; `BadInputError` when it is none or costs too much to read."""
    lines = read_apart(
        table_lines, content, file=file, limits=limits, required=list(required), most_rows=most_rows
    )
    columns = tuple(str(name) for name in next(lines))
    rows = tuple(Row(number, dict(_cells(columns, cells))) for number, *cells in lines)
    return Table(file, columns, rows)


def table_lines(content: bytes, file: str, required: Sequence[str], most_rows: int) -> Iterator[list[Any]]:
    """The names of the columns, then each row as its line number and its cells."""
    table = parse_table(content, file=file, required=required, most_rows=most_rows)
    yield list(table.columns)
    for row in table.rows:
        yield [row.line, *(row[name] for name in table.columns)]


def _cells(columns: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((name, cell) for name, cell in zip(columns, cells, strict=True) if name)
