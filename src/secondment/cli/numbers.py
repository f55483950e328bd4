"""Numbers in table cells and on the command line, with problems instead of guesses."""

import argparse
import math
from collections.abc import Callable

from secondment.files.numbers import finite_number
from secondment.files.problems import Problem
from secondment.files.table import Row, Table


class Cells:
    """Reads the cells of one table and keeps every problem found on the way."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.problems: list[Problem] = []

    def add(self, row: Row, column: str, found: str, remedy: str) -> None:
        """Note a problem of one cell."""
        self.problems.append(self._table.problem(row, column, found, remedy))

    def in_order(self) -> list[Problem]:
        """The problems by line, whatever column was read first."""
        return sorted(self.problems, key=lambda problem: problem.line)

    def name(self, row: Row, column: str, seen: set[str]) -> str:
        """A name that is given and stands in no earlier row."""
        text = row[column]
        if not text:
            self.add(row, column, "is empty", "give every row its own id")
        elif text in seen:
            self.add(row, column, f"“{text}” stands in an earlier row too", "give every row its own id")
        seen.add(text)
        return text

    def number(
        self,
        row: Row,
        column: str,
        *,
        blank: float | None = None,
        least: float = -math.inf,
        most: float = math.inf,
    ) -> float:
        """A finite number from `least` to `most`; an empty cell means `blank` where that is given."""
        text = row[column]
        if not text and blank is not None:
            return blank
        value = finite_number(text)
        if value is None:
            self.add(row, column, f"is “{text}”" if text else "is empty", "write a number")
            return 0.0
        if not least <= value <= most:
            self.add(row, column, f"is {text}", f"write a number {range_words(least, most)}")
        return value


def number_between(least: float, most: float = math.inf, *, whole: bool = False) -> Callable[[str], float]:
    """An argparse type: a number from `least` to `most`, whole if asked."""

    def read(text: str) -> float:
        value = finite_number(text)
        if value is None or not least <= value <= most or (whole and not value.is_integer()):
            kind = "a whole number" if whole else "a number"
            raise argparse.ArgumentTypeError(f"“{text}” is not {kind} {range_words(least, most)}")
        return int(value) if whole else value

    return read


def range_words(least: float, most: float) -> str:
    """The bounds of a number in words; nothing where there are none."""
    if math.isinf(least):
        return ""
    return f"of at least {least:g}" if math.isinf(most) else f"from {least:g} to {most:g}"
