"""Tables of a rotation plan: people, needs by kind and year, units by year, who suits what."""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.files.columns.need import NEED
from secondment.files.columns.rows import Cells, read_by_key
from secondment.files.headers import Layout
from secondment.files.problems import BadInputError, Problem
from secondment.files.table import Row

YEAR = re.compile("(?:19|20|21)[0-9]{2}")
ODD_YEAR = re.compile(r"\d{2}|年$|〇")
MOST_DIGITS = 6
WHOLE = re.compile(f"[0-9]{{1,{MOST_DIGITS}}}")


@dataclass(frozen=True, eq=False)
class People:
    """Names, unit names, year of the last return (None for never), years in which each cannot be away."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    back_in: tuple[int | None, ...]
    unavailable: tuple[frozenset[int], ...]


@dataclass(frozen=True, eq=False)
class Needs:
    """Kinds with their term in years, the planned years, and people needed, shape (n_kinds, n_years)."""

    kinds: tuple[str, ...]
    term_years: IntArray
    years: tuple[int, ...]
    need: IntArray


class Sheet(Cells):
    """A table of a rotation, which may not be empty."""

    def __init__(self, path: Path, required: tuple[str, ...], layout: Layout | None = None) -> None:
        super().__init__(read_by_key(path, NEED, required, layout=layout))
        self.require_rows()

    def integer(self, row: Row, column: str, *, least: int = 0) -> int:
        """A whole number from `least`; an empty cell is 0 where that is allowed."""
        text = row[column]
        if not text and least == 0:
            return 0
        if not WHOLE.fullmatch(text) or int(text) < least:
            most = 10**MOST_DIGITS - 1
            found = f"“{text}” is not a whole number from {least} to {most}" if text else "is empty"
            self.add(row, column, found, f"write {least}, {least + 1}, …")
            return least
        return int(text)

    def check_no_odd_years(self) -> None:
        """A year that is written otherwise (2027年, 二〇二七) must not be passed over in silence."""
        self.problems += [
            Problem.plain(
                self.table.file, 1, name, "the column is not a year", "write it as 2027, or delete the column"
            )
            for name in (*self.table.columns, *(name for name, _ in self.table.questions.columns))
            if ODD_YEAR.search(name) and not YEAR.fullmatch(name)
        ]


def read_people(path: Path, layout: Layout | None = None) -> People:
    """Everyone who may go out."""
    sheet = Sheet(path, ("person", "unit"), layout)
    names = tuple(sheet.names("person"))
    rows = sheet.table.rows
    people = People(
        names,
        tuple(sheet.name(row, "unit") for row in rows),
        tuple(_back_in(sheet, row) for row in rows),
        tuple(_years(sheet, row) for row in rows),
    )
    sheet.finish()
    return people


def read_needs(path: Path, layout: Layout | None = None) -> Needs:
    """Kinds of posts: one row each, one column per planned year, years without a break."""
    sheet = Sheet(path, ("kind", "term_years"), layout)
    kinds, rows = tuple(sheet.names("kind")), sheet.table.rows
    years = sorted(int(name) for name in sheet.table.columns if YEAR.fullmatch(name))
    sheet.check_no_odd_years()
    if not years or years != list(range(years[0], years[-1] + 1)):
        found = f"has year columns {', '.join(map(str, years)) or '(none)'}"
        raise BadInputError.of_file(
            sheet.table.file, found, "add a column for every planned year, such as 2027"
        )
    term = np.array([sheet.integer(row, "term_years", least=1) for row in rows])
    need = np.array([[sheet.integer(row, str(year)) for year in years] for row in rows])
    sheet.finish()
    return Needs(kinds, term, tuple(years), need)


def read_units(
    path: Path, people: People, years: tuple[int, ...], layout: Layout | None = None
) -> tuple[tuple[str, ...], IntArray]:
    """Units and how many of each may be away: a column per year, or one for all years.

    (n_units, n_years), more where the table has columns for years after the plan: they bind terms that last so long.
    """
    sheet = Sheet(path, ("unit",), layout)
    units = tuple(sheet.names("unit"))
    named = [int(name) for name in sheet.table.columns if YEAR.fullmatch(name)]
    years = tuple(range(years[0], max([years[-1], *named]) + 1))
    columns = [str(year) if str(year) in sheet.table.columns else "may_be_away" for year in years]
    if "may_be_away" in columns and "may_be_away" not in sheet.table.columns:
        missing = years[columns.index("may_be_away")]
        found = f"says nothing of {missing}"
        remedy = f"add a column “{missing}”, “最多在外” or “may_be_away”"
        raise BadInputError.of_file(sheet.table.file, found, remedy)
    # One column may serve all years; each cell is read once, so that its fault is reported once.
    cells = [
        {column: sheet.integer(row, column) for column in dict.fromkeys(columns)} for row in sheet.table.rows
    ]
    away = [[row[column] for column in columns] for row in cells]
    sheet.problems += [
        Problem.plain(
            sheet.table.file, 0, "unit", f"unit “{unit}” has no row", "add a row for each unit of the people"
        )
        for unit in sorted(set(people.units) - set(units))
    ]
    sheet.finish()
    return units, np.array(away)


@dataclass(frozen=True, eq=False)
class Suits:
    """Who suits which kind, and how well, both (n_people, n_kinds); people and kinds that occur in no row."""

    file: str
    is_suited: BoolArray
    value: IntArray
    people_left_out: tuple[str, ...] = ()
    kinds_left_out: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for each sort of name left out."""
        notes = (
            ("not named, so suited to no kind", self.people_left_out),
            ("not named, so no one suits them", self.kinds_left_out),
        )
        return tuple(f"{self.file}: {said}: {', '.join(names)}" for said, names in notes if names)


def read_suits(path: Path, people: People, kinds: tuple[str, ...], layout: Layout | None = None) -> Suits:
    """Who suits which kind, and how well. Pairs without a row do not suit."""
    sheet = Sheet(path, ("person", "kind"), layout)
    suits = np.zeros((len(people.names), len(kinds)), dtype=np.bool_)
    value = np.zeros(suits.shape, dtype=np.int64)
    for row in sheet.table.rows:
        place = _index(sheet, row, "person", people.names), _index(sheet, row, "kind", kinds)
        if None not in place:
            if suits[place]:
                sheet.add(row, "kind", "the pair also occurs in an earlier row", "keep one of the two")
            suits[place] = True
            value[place] = sheet.integer(row, "value") if "value" in sheet.table.columns else 0
    sheet.finish()
    return Suits(
        sheet.table.file,
        suits,
        value,
        tuple(name for name, row in zip(people.names, suits, strict=True) if not row.any()),
        tuple(name for name, column in zip(kinds, suits.T, strict=True) if not column.any()),
    )


def _index(sheet: Sheet, row: Row, key: str, names: tuple[str, ...]) -> int | None:
    text = row[key]
    if text not in names:
        sheet.add(row, key, f"“{text}” is not a {key} of the other table", "correct the name")
        return None
    return names.index(text)


def _back_in(sheet: Sheet, row: Row) -> int | None:
    text = row["back_in"]
    if text and not YEAR.fullmatch(text):
        sheet.add(row, "back_in", f"“{text}” is not a year", "write the year of the last return, or nothing")
        return None
    return int(text) if text else None


def _years(sheet: Sheet, row: Row) -> frozenset[int]:
    """Years and ranges such as “2027、2029-2030”."""
    years: set[int] = set()
    for part in re.split(r"[、，,；;\s]+", row["unavailable"]):
        ends = re.split("[-—–]", part)
        if not part:
            continue
        if len(ends) > 2 or not all(YEAR.fullmatch(end) for end in ends) or int(ends[0]) > int(ends[-1]):
            sheet.add(row, "unavailable", f"“{part}” is not a year", "write years such as 2027、2029-2030")
            continue
        years |= set(range(int(ends[0]), int(ends[-1]) + 1))
    return frozenset(years)
