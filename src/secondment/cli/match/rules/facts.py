"""What tables say of people and posts: one row each, columns by their names in the file."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.files.columns.pair import PAIR
from secondment.files.columns.rows import Cells, read_by_key
from secondment.files.dates import DateFault, parse_day
from secondment.files.numbers import finite_number
from secondment.files.problems import BadInputError, Problem
from secondment.files.table import Row, Table

MOST_LISTED = 8


@dataclass(frozen=True, eq=False)
class Facts:
    """Rows in the order of `names`, the people or posts that rules apply to; `noun` is “person” or “post”.

    `known_as` finds the index of a name; a file without facts has no columns.
    """

    noun: str
    file: str
    names: tuple[str, ...]
    known_as: dict[str, int]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def texts(self, column: str) -> list[str]:
        """The cells of a column; "" for empty ones."""
        return [row[column] for row in self.rows]

    def numbers(self, column: str) -> FloatArray:
        """The cells as numbers, NaN for empty ones; raises `BadInputError` for other cells."""
        values = np.array([_number(text) for text in self.texts(column)])
        self._refuse(column, np.isinf(values), "is not a number", "write a number such as 12 or 0.5")
        return values

    def days(self, column: str) -> FloatArray:
        """The cells as day numbers, NaN for empty ones; raises `BadInputError` for other cells."""
        parsed = [parse_day(text) if text else None for text in self.texts(column)]
        faulty = np.array([isinstance(day, DateFault) for day in parsed], dtype=np.bool_)
        self._refuse(column, faulty, "is not a date", "write it as 2026-09-01")
        return np.array(
            [math.nan if day is None or isinstance(day, DateFault) else day.toordinal() for day in parsed]
        )

    def without_blanks(self, column: str, values: FloatArray, needed: BoolArray | None = None) -> FloatArray:
        """The values; raises `BadInputError` naming each empty cell, or each that is `needed`: others are 0."""
        is_blank = np.isnan(values)
        wrong = is_blank if needed is None else is_blank & needed
        self._refuse(column, wrong, "is empty and needed by a rule", "fill the cell")
        return np.where(is_blank, 0.0, values)

    def with_strangers(self, names: Sequence[str]) -> "Facts":
        """These and others who are named somewhere and of whom nothing is known."""
        strangers = [name for name in dict.fromkeys(names) if name not in self.known_as]
        known_as = self.known_as | {name: len(self.names) + k for k, name in enumerate(strangers)}
        rows = (*self.rows, *(Row(0, {}) for _ in strangers))
        return replace(self, names=(*self.names, *strangers), known_as=known_as, rows=rows)

    def _refuse(self, column: str, is_faulty: BoolArray, found: str, remedy: str) -> None:
        faulty = sorted((self.rows[index] for index in np.flatnonzero(is_faulty)), key=lambda row: row.line)
        if faulty:
            raise BadInputError(
                [
                    Problem.plain(
                        self.file,
                        row.line,
                        column,
                        f"“{row[column]}” {found}" if row[column] else found,
                        remedy,
                    )
                    for row in faulty
                ]
            )


def no_facts(noun: str, names: Sequence[str]) -> Facts:
    """People or posts of whom nothing is known but their names."""
    blank = Row(0, {})
    known_as = {name: index for index, name in enumerate(names)}
    return Facts(noun, f"--{noun}-facts", tuple(names), known_as, (), (blank,) * len(names))


def read_facts(path: Path, noun: str, names: Sequence[str], pairs_file: str) -> Facts:
    """The facts of everyone in `names`, then of everyone else in a table with a column `noun`, by name.

    Those without an admissible pair belong to the world of rules: a post that no one can take stays empty.

    Raises
    ------
    BadInputError
        When someone occurs twice or is missing.
    """
    table = read_by_key(path, PAIR.only(noun), (noun,), also=())
    cells = Cells(table)
    by_name = dict(zip(cells.names(noun), table.rows, strict=True))
    problems = cells.in_order() + [
        Problem.plain(table.file, 0, noun, f"“{name}” of {pairs_file} has no row", "add a row for each name")
        for name in names
        if name not in by_name
    ]
    if problems:
        raise BadInputError(problems)
    everyone = [*names, *sorted(by_name.keys() - set(names))]
    return _facts(noun, table, everyone, [by_name[name] for name in everyone], {})


def roster_facts(
    table: Table, noun: str, names: Sequence[str], lines: Sequence[int], also: Sequence[str]
) -> Facts:
    """The columns of a roster as facts; `lines` are the rows of `names`, `also` second names where unique."""
    by_line = {row.line: row for row in table.rows}
    often = Counter(also)
    second = {name: index for index, name in enumerate(also) if often[name] == 1}
    return _facts(noun, table, names, [by_line[line] for line in lines], second)


def _facts(
    noun: str, table: Table, names: Sequence[str], rows: Sequence[Row], second: dict[str, int]
) -> Facts:
    known_as = second | {name: index for index, name in enumerate(names)}
    columns = tuple(name for name in table.columns if name)
    return Facts(noun, table.file, tuple(names), known_as, columns, tuple(rows))


def _number(text: str) -> float:
    """NaN for an empty cell, infinity for one that is not a finite number."""
    if not text:
        return math.nan
    value = finite_number(text)
    return math.inf if value is None else value


def listed(values: Sequence[str]) -> str:
    """Distinct texts in order, the first few."""
    distinct = sorted({value for value in values if value})
    shown = ", ".join(distinct[:MOST_LISTED]) or "none"
    return shown + (", …" if len(distinct) > MOST_LISTED else "")
