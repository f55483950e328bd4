"""What a table file holds once it is read: rows, notes on the reading, and what only a person can say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secondment.files.problems import Problem


@dataclass(frozen=True)
class Row:
    """One data row: its row in the sheet a clerk sees (from 1), its cells by column name, stripped.

    `faults` names cells that cannot be taken as they are; their texts say what the sheet shows.
    """

    line: int
    cells: dict[str, str]
    faults: tuple[Problem, ...] = ()

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Questions:
    """What only a person can say: which sheet (with its filled rows), what unknown columns (with texts) mean."""

    sheets: tuple[tuple[str, int], ...] = ()
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sheets or self.columns)


def questions_of(sheets: Iterable[Sequence[Any]], columns: Iterable[Sequence[Any]]) -> Questions:
    """Questions from their JSON."""
    return Questions(
        tuple((str(name), int(n)) for name, n in sheets),
        tuple((str(header), tuple(texts)) for header, texts in columns),
    )


@dataclass(frozen=True)
class Table:
    """A table file: its name, its columns in file order and its rows; wholly blank rows are left out.

    `notes` say what was done with the sheet and what was not read; unknown columns stand in `questions` and
    not in `columns`. `headers` tells the header of each column that is called by its key.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header_line: int = 1
    notes: tuple[Problem, ...] = ()
    questions: Questions = field(default_factory=Questions)
    headers: Mapping[str, str] = field(default_factory=dict)

    def problem(self, row: Row, column: str, found: str, remedy: str) -> Problem:
        """A fault of one cell that only the command line tells, under the header of the file."""
        return Problem.plain(self.file, row.line, self.headers.get(column, column), found, remedy)
