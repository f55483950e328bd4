"""Read the rows of a table by the keys of its columns, and keep every fault found on the way."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from secondment.files.columns.column import Columns
from secondment.files.faults import CellError, Fault, in_english
from secondment.files.headers import Layout
from secondment.files.numbers import finite_number, range_words
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import MOST_ROWS, read_table
from secondment.files.sheet_table import missing_column
from secondment.files.table import Row, Table


def read_by_key(
    path: Path,
    columns: Columns,
    required: Sequence[str] = (),
    *,
    also: Sequence[str] | None = None,
    layout: Layout | None = None,
    most_rows: int = MOST_ROWS,
) -> Table:
    """The table at `path`, whatever names its columns have, under the keys of `columns`.

    A column that is not known is named and left out; with `also` it is read under its own header, and those
    in `also` must be there.

    Raises
    ------
    BadInputError
        When a required column is missing, two mean the same, or the file cannot be read.
    """
    headers = columns.headers([column.key for column in columns], keeps_others=also is not None)
    table = read_table(path, headers=headers, required=also or (), layout=layout, most_rows=most_rows)
    return by_key(table, columns, required)


def by_key(table: Table, columns: Columns, required: Sequence[str] = ()) -> Table:
    """The same table with its columns called by their keys; `headers` keeps what the file calls them."""
    headers = headers_in(table, columns, required)
    key_of = {header: key for key, header in headers.items()}
    rows = tuple(
        replace(row, cells={key_of.get(name, name): text for name, text in row.cells.items()})
        for row in table.rows
    )
    names = tuple(key_of.get(name, name) for name in table.columns)
    return replace(table, columns=names, rows=rows, headers=headers)


def headers_in(table: Table, columns: Columns, required: Sequence[str] = ()) -> dict[str, str]:
    """Key → the header of this file; `BadInputError` when two mean the same or a required one is missing."""
    meant = columns.meant_in(table.columns)
    file, line = table.file, table.header_line
    faults = [
        Problem(file, line, header, Fault("column_means_same"))
        for headers in meant.values()
        if len(headers) > 1
        for header in headers
    ]
    faults += [missing_column(file, line, columns[key].title, key) for key in required if key not in meant]
    if faults:
        raise BadInputError(faults)
    return {key: headers[0] for key, headers in meant.items()}


class Cells:
    """The cells of a table whose columns are called by their keys."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems: list[Problem] = []

    def text(self, row: Row, key: str) -> str:
        """The cell unchanged; "" when the file has no such column."""
        return row[key]

    def note(self, row: Row, key: str, fault: Fault) -> None:
        """Note a fault of one cell."""
        self.problems.append(Problem(self.table.file, row.line, self._header(key), fault))

    def add(self, row: Row, key: str, found: str, remedy: str) -> None:
        """Note a fault of one cell that only the command line tells."""
        self.note(row, key, in_english(found, remedy))

    def name(self, row: Row, key: str) -> str:
        """A cell that may not be empty."""
        text = self.text(row, key)
        if not text:
            self.note(row, key, Fault("is_empty"))
        return text

    def names(self, key: str) -> list[str]:
        """A column of names of which none is empty or stands twice."""
        self.check_distinct(key)
        return [self.name(row, key) for row in self.table.rows]

    def check_distinct(self, key: str, texts: Sequence[str] | None = None) -> None:
        """No two rows are the same; `texts` replace the cells where they are not the column itself."""
        first: dict[str, int] = {}
        cells = [self.text(row, key) for row in self.table.rows] if texts is None else texts
        for row, text in zip(self.table.rows, cells, strict=True):
            if text and first.setdefault(text, row.line) != row.line:
                self.note(row, key, Fault("stands_already", {"text": text, "line": first[text]}))

    def number(
        self,
        row: Row,
        key: str,
        *,
        blank: float | None = None,
        least: float = -math.inf,
        most: float = math.inf,
    ) -> float:
        """A finite number from `least` to `most`; an empty cell means `blank` where that is given."""
        text = self.text(row, key)
        if not text and blank is not None:
            return blank
        value = finite_number(text)
        if value is None:
            self.add(row, key, f"is “{text}”" if text else "is empty", "write a number")
            return 0.0
        if not least <= value <= most:
            self.add(row, key, f"is {text}", f"write a number {range_words(least, most)}")
        return value

    def in_order(self) -> list[Problem]:
        """The problems by line, whatever column was read first."""
        return sorted(self.problems, key=lambda problem: problem.line)

    def finish(self) -> None:
        """Raise `BadInputError` with all faults, or when there are no rows."""
        if self.problems:
            raise BadInputError(self.in_order())
        self.require_rows()

    def require_rows(self) -> None:
        """Raise `BadInputError` when there are no rows."""
        if not self.table.rows:
            raise BadInputError.of_fault(self.table.file, Fault("no_rows"))

    def _header(self, key: str) -> str:
        return self.table.headers.get(key, key)


class RowReader(Cells):
    """The cells of a table under the headers of its file, and what they mean.

    Raises `BadInputError` when two headers mean the same or a required column is missing.
    """

    def __init__(self, table: Table, columns: Columns, required: Sequence[str] = ()) -> None:
        super().__init__(table)
        self._columns = columns
        self.headers: Mapping[str, str] = headers_in(table, columns, required)
        """Key → the header of this file."""

    def has(self, *keys: str) -> bool:
        """Whether the file has one of the columns."""
        return not self.headers.keys().isdisjoint(keys)

    def text(self, row: Row, key: str) -> str:
        """The cell unchanged; "" when the file has no such column."""
        return row[self.headers[key]] if key in self.headers else ""

    def read(self, row: Row, key: str, read: Callable[[str], Any] | None = None, faulty: Any = None) -> Any:
        """What the cell means (to `read`), be it empty; `faulty` where it cannot be read, which is noted."""
        try:
            return (read or self._columns[key].cell.read)(self.text(row, key))
        except CellError as error:
            self.note(row, key, error.fault)
            return faulty

    def value(self, row: Row, key: str, blank: Any = None, read: Callable[[str], Any] | None = None) -> Any:
        """As `read`; `blank` where the cell is empty or cannot be read."""
        return self.read(row, key, read, blank) if self.text(row, key) else blank

    def must(self, row: Row, key: str, blank: Any = "") -> Any:
        """As `value`, of a cell that may not be empty."""
        self.name(row, key)
        return self.value(row, key, blank)

    def _header(self, key: str) -> str:
        return self.headers.get(key, self._columns[key].title)
