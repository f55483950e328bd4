"""Read the rows of a table by the keys of its columns, and keep every fault found on the way."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from secondment.tables.columns.column import Columns
from secondment.tables.faults import CellError
from secondment.tables.problems import BadInputError, Problem
from secondment.tables.table import Row, Table


class RowReader:
    """One table and what its headers mean.

    Raises `BadInputError` when two headers mean the same or a required column is missing.
    """

    def __init__(self, table: Table, columns: Columns, required: Sequence[str] = ()) -> None:
        self.table, self._columns = table, columns
        meant = {header: column for header in table.columns if (column := columns.meant_by(header))}
        self.headers: Mapping[str, str] = {column.key: header for header, column in meant.items()}
        """Key → the header of this file."""
        self.problems: list[Problem] = []
        often = Counter(column.key for column in meant.values())
        faults = [
            Problem(
                table.file, table.header_line, header, "means the same as another column", "keep one of them"
            )
            for header, column in meant.items()
            if often[column.key] > 1
        ]
        faults += [
            Problem(
                table.file, table.header_line, columns[key].title, "the column is missing", "add the column"
            )
            for key in required
            if key not in self.headers
        ]
        if faults:
            raise BadInputError(faults)

    def has(self, *keys: str) -> bool:
        """Whether the file has one of the columns."""
        return not self.headers.keys().isdisjoint(keys)

    def text(self, row: Row, key: str) -> str:
        """The cell as it stands; "" when the file has no such column."""
        return row[self.headers[key]] if key in self.headers else ""

    def value(self, row: Row, key: str, blank: Any = None, read: Callable[[str], Any] | None = None) -> Any:
        """What the cell means (to `read`); `blank` where it is empty, missing, or cannot be read, which is noted."""
        cell = self.text(row, key)
        if not cell:
            return blank
        try:
            return (read or self._columns[key].cell.read)(cell)
        except CellError as error:
            self.add(row, key, error.fault.found, error.fault.remedy)
            return blank

    def must(self, row: Row, key: str, blank: Any = "") -> Any:
        """As `value`, of a cell that may not be empty."""
        if not self.text(row, key):
            self.add(row, key, "is empty", "fill the cell")
        return self.value(row, key, blank)

    def add(self, row: Row, key: str, found: str, remedy: str) -> None:
        """Note a fault of one cell."""
        header = self.headers.get(key, self._columns[key].title)
        self.problems.append(Problem(self.table.file, row.line, header, found, remedy))

    def check_distinct(self, key: str, texts: Sequence[str] | None = None) -> None:
        """No two rows say the same; `texts` stand for the cells where they are not the column itself."""
        first: dict[str, int] = {}
        cells = [self.text(row, key) for row in self.table.rows] if texts is None else texts
        for row, text in zip(self.table.rows, cells, strict=True):
            if text and first.setdefault(text, row.line) != row.line:
                found = f"“{text}” already stands in line {first[text]}"
                self.add(row, key, found, "keep one of the two rows, or number them apart")

    def finish(self) -> None:
        """Raise `BadInputError` with all faults, or when there are no rows."""
        if self.problems:
            raise BadInputError(sorted(self.problems, key=lambda one: one.line))
        if not self.table.rows:
            raise BadInputError.of_file(
                self.table.file, "has no rows below the header", "add at least one row"
            )
