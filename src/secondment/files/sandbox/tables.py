"""Tables read apart: as `tables.reading.examine_table`, for files that people upload."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import python_calamine  # noqa: F401 -- loaded before the limits close the disk

from secondment.files.headers import Headers, Layout
from secondment.files.problems import Problem
from secondment.files.reading import MOST_ROWS, examine_table
from secondment.files.sandbox.limits import LIST, Limits
from secondment.files.sandbox.reading import read_apart
from secondment.files.table import Row, Table, questions_of


def examine_table_apart(
    content: bytes,
    *,
    file: str,
    required: Sequence[str] = (),
    most_rows: int = MOST_ROWS,
    headers: Headers | None = None,
    layout: Layout | None = None,
    limits: Limits = LIST,
) -> Table:
    """The table in the bytes of an uploaded file; `BadInputError` when it is none or costs too much to read."""
    lines = read_apart(
        table_lines,
        content,
        file=file,
        limits=limits,
        required=list(required),
        most_rows=most_rows,
        headers=asdict(headers) if headers else None,
        layout=asdict(layout or Layout()),
    )
    head = next(lines)
    columns = tuple(str(name) for name in head["columns"])
    return Table(
        file,
        columns,
        tuple(_row(columns, line) for line in lines),
        head["header_line"],
        tuple(map(Problem.of_json, head["notes"])),
        questions_of(**head["questions"]),
    )


def table_lines(
    content: bytes,
    file: str,
    required: Sequence[str],
    most_rows: int,
    headers: Mapping[str, Any] | None = None,
    layout: Mapping[str, Any] | None = None,
) -> Iterator[Any]:
    """What is known of the entire table, then each row as its line and its cells, followed by its faults."""
    table = examine_table(
        content,
        file=file,
        required=required,
        most_rows=most_rows,
        headers=Headers(tuple(headers["known"]), tuple(headers["left_out"]), headers["keeps_others"])
        if headers
        else None,
        layout=Layout(**layout) if layout else None,
    )
    yield {
        "columns": table.columns,
        "header_line": table.header_line,
        "notes": [note.as_json() for note in table.notes],
        "questions": asdict(table.questions),
    }
    for row in table.rows:
        cells = [row[name] for name in table.columns]
        yield (
            [row.line, cells] if not row.faults else [row.line, cells, [one.as_json() for one in row.faults]]
        )


def _row(columns: Sequence[str], line: Sequence[Any]) -> Row:
    number, cells, *faults = line
    problems = tuple(map(Problem.of_json, faults[0])) if faults else ()
    return Row(number, dict(zip(columns, cells, strict=True)), problems)
