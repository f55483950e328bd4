"""Read the marks and anchors given to `secondment rate`, reporting every fault with its line."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.ratings import Ratings
from secondment.cli.rate.large import SECONDS_REMEDY, Coded, read_large
from secondment.files.columns.rating import RATING
from secondment.files.columns.rows import read_by_key
from secondment.files.numbers import finite_number
from secondment.files.problems import BadInputError, Problem
from secondment.files.table import Row, Table

REQUIRED = ("ratee", "rater", "criterion", "score")
FACETS = ("ratee", "rater", "criterion", "source", "unit")
# Above this size a CSV file goes through the column engine instead of the row reader.
LARGE_FILE_BYTES = 8_000_000


@dataclass(frozen=True)
class NamedRatings:
    """Ratings with the names of their indices, per facet in sorted order.

    `lines` are the lines of the marks in `file`; `seconds` is the time taken for each mark (nan where unknown), or
    None if the file does not contain it.
    """

    file: str
    lines: IndexArray
    ratings: Ratings
    names: dict[str, list[str]]
    seconds: FloatArray | None = None


def read_ratings(path: Path, *, large_file_bytes: int = LARGE_FILE_BYTES) -> NamedRatings:
    """The marks of a CSV or Excel file with the columns of `RATING`."""
    if path.suffix.lower() in {".csv", ""} and path.is_file() and path.stat().st_size > large_file_bytes:
        found = read_large(path)
        if found is not None:
            return _checked(path.name, *found)
    return _read_rows(path)


def _read_rows(path: Path) -> NamedRatings:
    table = read_by_key(path, RATING, REQUIRED)
    if not table.rows:
        raise _no_ratings(path.name)
    problems = [problem for row in table.rows for problem in _row_problems(table, row)]
    cells = {name: [row[name] for row in table.rows] for name in FACETS if name in table.columns}
    keys = list(zip(cells["ratee"], cells["rater"], cells["criterion"], strict=True))
    problems += _repeats(path.name, keys, [row.line for row in table.rows])
    if problems:
        raise BadInputError(sorted(problems, key=lambda problem: problem.line))
    marks = np.array([float(row["score"]) for row in table.rows])
    seconds = np.array([float(row["seconds"] or "nan") for row in table.rows])
    lines = np.array([row.line for row in table.rows], dtype=np.intp)
    return _named(path.name, lines, {name: _code(values) for name, values in cells.items()}, marks, seconds)


def _row_problems(table: Table, row: Row) -> list[Problem]:
    problems = [
        table.problem(row, name, "is empty", f"write the {name}'s code")
        for name in REQUIRED[:3]
        if not row[name]
    ]
    if finite_number(row["score"]) is None:
        found = f"is “{row['score']}”" if row["score"] else "is empty"
        remedy = "write a number, or delete the row when no mark was given"
        problems.append(table.problem(row, "score", found, remedy))
    if row["seconds"] and not (finite_number(row["seconds"]) or -1) > 0:
        problems.append(table.problem(row, "seconds", f"is “{row['seconds']}”", SECONDS_REMEDY))
    return problems


def _no_ratings(file: str) -> BadInputError:
    return BadInputError.of_file(file, "has no ratings", "put one mark per row below the header")


def _checked(file: str, coded: Coded, marks: FloatArray, seconds: FloatArray) -> NamedRatings:
    """Refuse repeated marks in a large file; its lines count from the header without blank ones."""
    if not len(marks):
        raise _no_ratings(file)
    codes = [coded[name][1] for name in FACETS[:3]]
    sizes = [len(coded[name][0]) for name in FACETS[:3]]
    key = (codes[0] * sizes[1] + codes[1]) * sizes[2] + codes[2]
    distinct, first = np.unique(key, return_index=True)
    if len(distinct) < len(key):
        again = np.setdiff1d(np.arange(len(key)), first)
        before = first[np.searchsorted(distinct, key[again])]
        pairs = zip((again + 2).tolist(), (before + 2).tolist(), strict=True)
        raise BadInputError([_repeat(file, line, earlier) for line, earlier in pairs])
    return _named(file, np.arange(len(marks)) + 2, coded, marks, seconds)


def _repeats(file: str, keys: list[tuple[str, str, str]], lines: list[int]) -> list[Problem]:
    first: dict[tuple[str, str, str], int] = {}
    problems = []
    for key, line in zip(keys, lines, strict=True):
        if key in first:
            problems.append(_repeat(file, line, first[key]))
        first.setdefault(key, line)
    return problems


def _repeat(file: str, line: int, earlier: int) -> Problem:
    found = f"the same ratee, rater and criterion as line {earlier}"
    return Problem.plain(file, line, "", found, "keep one mark of the two")


def _code(values: list[str]) -> tuple[list[str], IndexArray]:
    names = sorted(set(values) - {""})
    index = {name: number for number, name in enumerate(names)}
    index[""] = -1
    return names, np.array([index[value] for value in values], dtype=np.intp)


def _named(
    file: str, lines: IndexArray, coded: Coded, marks: FloatArray, seconds: FloatArray
) -> NamedRatings:
    # A column that is wholly blank is as good as absent.
    coded = {name: pair for name, pair in coded.items() if pair[0]}
    empty: tuple[list[str], IndexArray | None] = ([], None)
    sources, source = coded.get("source", empty)
    units, unit = coded.get("unit", empty)
    ratings = Ratings(
        coded["ratee"][1],
        coded["rater"][1],
        coded["criterion"][1],
        marks,
        len(coded["ratee"][0]),
        len(coded["rater"][0]),
        len(coded["criterion"][0]),
        source,
        unit,
        len(sources),
        len(units),
    )
    names = {name: coded[name][0] if name in coded else [] for name in FACETS}
    return NamedRatings(file, lines, ratings, names, seconds if np.isfinite(seconds).any() else None)
