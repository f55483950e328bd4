"""What a list that comes as a file would do: every row new, changed, unchanged or refused."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, Self, TypeVar

from secondment.common.components import Difference
from secondment.common.file_faults import faults_of_table, missing_columns, notes_of, refusals_of
from secondment.common.import_report import ChangedRow, ImportReport, NewRow, Refusal
from secondment.files.columns.column import Columns
from secondment.files.columns.rows import RowReader
from secondment.files.headers import Headers
from secondment.files.problems import BadInputError
from secondment.files.table import Row, Table

ReadTable = Callable[..., Table]


@dataclass(frozen=True)
class ListLine:
    """A sound row: what it is called, what it was before (nothing, if it is new), and what would change."""

    line: int
    label: str
    before: Any
    differences: list[Difference]


Line = TypeVar("Line", bound=ListLine)


@dataclass(frozen=True)
class ListImport(Generic[Line]):
    """Everything a list would do."""

    file: str
    lines: list[Line] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    table: Table | None = None

    @property
    def to_write(self) -> list[Line]:
        """Rows that make or change something."""
        return [line for line in self.lines if line.before is None or line.differences]

    @property
    def shown(self) -> str:
        """A fingerprint of what the dry run shows: what is confirmed is this, or it is shown again."""
        lines = [
            (
                one.line,
                one.label,
                one.before is None,
                [(str(each.old), str(each.new)) for each in one.differences],
            )
            for one in self.lines
        ]
        return hashlib.sha256(repr(lines).encode()).hexdigest()[:32]

    def read(self, rows: Iterable[Row], cells: RowReader, line: Callable[[Row], Line | None]) -> Self:
        """Take what `line` makes of each row that has no fault; faults of cells become refusals."""
        for row in rows:
            n_before = len(cells.problems)
            found = line(row)
            if found is not None and len(cells.problems) == n_before:
                self.lines.append(found)
        self.refused.extend(refusals_of(cells.problems))
        return self

    def report(self) -> ImportReport:
        """The same for a page."""
        return ImportReport(
            file=self.file,
            created=[NewRow(one.line, one.label) for one in self.lines if one.before is None],
            changed=[ChangedRow(one.line, one.label, one.differences) for one in self.to_write if one.before],
            n_unchanged=len(self.lines) - len(self.to_write),
            refused=sorted(self.refused, key=lambda one: one.line),
            notes=notes_of(self.table) if self.table else (),
        )


@dataclass(frozen=True)
class ListKind:
    """A kind of list: its columns, those that must be there, and the most rows it may have."""

    columns: Columns
    keys: tuple[str, ...]
    headers: Headers
    required: tuple[str, ...]
    most_rows: int

    def free_titles(self, table: Table) -> list[str]:
        """Columns of the list that the file does not have yet."""
        return self.columns.free_titles(table.columns, self.keys)

    def plan(
        self, content: bytes, file: str, read: ReadTable, lines: Callable[[Table], ListImport[Line]]
    ) -> ListImport[Line]:
        """Dry run over a file; `lines` reads a table that has all columns and no faulty cell."""
        try:
            table = read(content, file=file, headers=self.headers, most_rows=self.most_rows)
        except BadInputError as error:
            return ListImport(file, refused=refusals_of(error.problems))
        required = [self.columns[key].names for key in self.required]
        if problems := missing_columns(table, required) + faults_of_table(table):
            return ListImport(file, refused=refusals_of(problems), table=table)
        try:
            return lines(table)
        except BadInputError as error:
            return ListImport(file, refused=refusals_of(error.problems), table=table)
