"""Open a roster file as text columns under their English keys, whatever its format and size."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.arrays import IntArray
from secondment.files.columns.person import PERSON
from secondment.files.headers import Layout
from secondment.files.identity import normalise_number, person_check_digit
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import read_table
from secondment.files.structure.cells import CellError, CellParser, UnknownTextError

MOST_PROBLEMS = 1000
_TEXT_OF_CELL = "trim(coalesce(CAST({} AS VARCHAR), ''))"
_ID = "upper(replace(replace(identity_number, '''', ''), ' ', ''))"


@dataclass(frozen=True)
class CodedColumn:
    """A code per row in file order, the faults, and the texts that were counted as not recognised."""

    codes: NDArray[np.int32]
    problems: list[Problem]
    unrecognised: tuple[str, ...]


class RosterSource:
    """The rows of a roster in DuckDB: `line` in the file and one text column per key found in the header."""

    def __init__(
        self, file: str, headers: Mapping[str, str], connection: duckdb.DuckDBPyConnection, *, people: str
    ) -> None:
        self.file = file
        self.headers = headers
        self.columns = frozenset(headers)
        self._connection = connection
        self._relation = connection.table(people)

    def person_problems(self) -> list[Problem]:
        """Rows without a name, and persons (by ID number) who occur in several rows."""
        naming = [key for key in ("name", "identity_number") if key in self.columns]
        if not naming:
            return []
        blank = " AND ".join(f"{key} = ''" for key in naming)
        problems = [
            Problem.plain(
                self.file, line, "", "names no person", "fill in the name or the ID number, or delete the row"
            )
            for (line,) in self._relation.filter(blank).project("line").limit(MOST_PROBLEMS).fetchall()
        ]
        if "identity_number" not in self.columns:
            return problems
        return problems + (self._cut_ids() or self._repeated_ids())

    def code(self, key: str, parser: CellParser, unrecognised: int | None = None) -> CodedColumn:
        """Code a column; every distinct text is parsed once.

        A text that is in no list gets the code `unrecognised`, or is a fault when that is None.
        """
        texts, places = self._factorised(key)
        faults: dict[str, CellError] = {}
        unknown: list[str] = []
        codes = np.zeros(len(texts), dtype=np.int32)
        for place, text in enumerate(texts):
            try:
                codes[place] = parser(text)
            except CellError as error:
                if unrecognised is not None and isinstance(error, UnknownTextError):
                    codes[place] = unrecognised
                    unknown.append(text)
                else:
                    faults[text] = error
        return CodedColumn(codes[places], self._fault_problems(key, faults), tuple(unknown))

    def code_names(self, key: str) -> tuple[NDArray[np.int32], list[str]]:
        """A code per row into the sorted distinct texts, -1 where the cell is empty."""
        texts, places = self._factorised(key)
        names = sorted(text for text in texts if text)
        order = {name: place for place, name in enumerate(names)}
        return np.array([order.get(text, -1) for text in texts], dtype=np.int32)[places], names

    def texts(self, key: str) -> list[tuple[str, int]]:
        """The distinct texts of a column with their number of rows, sorted."""
        return sorted(self._relation.aggregate(f"{key}, count(*)").fetchall())

    def _factorised(self, key: str) -> tuple[list[str], IntArray]:
        texts = [text for text, _ in self.texts(key)]
        # An enum gives every row its place among the texts in file order, without a join.
        self._connection.register("distinct_texts", {"text": np.array(texts, dtype=object)})
        self._connection.execute("DROP TYPE IF EXISTS roster_text")
        self._connection.execute("CREATE TYPE roster_text AS ENUM (SELECT text FROM distinct_texts)")
        column = self._relation.project(f"enum_code({key}::roster_text) AS place").fetchnumpy()["place"]
        return texts, np.asarray(column, dtype=np.int64)

    def _fault_problems(self, key: str, faults: Mapping[str, CellError]) -> list[Problem]:
        if not faults:
            return []
        cells = [duckdb.ConstantExpression(text) for text in faults]
        rows = self._relation.filter(duckdb.ColumnExpression(key).isin(*cells)).project(f"line, {key}")
        return [
            Problem.plain(self.file, line, self.headers[key], faults[text].found, faults[text].remedy)
            for line, text in rows.limit(MOST_PROBLEMS).fetchall()
        ]

    def _cut_ids(self) -> list[Problem]:
        """ID numbers that a spreadsheet kept as numbers: only 15 of their 18 digits are left, then zeros."""
        cut = self._relation.filter("regexp_full_match(identity_number, '[0-9]{15}0{3}')").project(
            "line, identity_number"
        )
        return [
            Problem.plain(
                self.file,
                line,
                self.headers["identity_number"],
                f"“{number}” was kept as a number and has lost its last digits",
                "format the column as text and type the ID numbers again",
            )
            for line, number in cut.limit(MOST_PROBLEMS).fetchall()
            if person_check_digit(number[:17]) != number[17]
        ]

    def _repeated_ids(self) -> list[Problem]:
        known = self._relation.filter("identity_number <> ''")
        repeated = known.aggregate(f"{_ID} AS id, list(line ORDER BY line) AS lines").filter("len(lines) > 1")
        return [
            Problem.plain(
                self.file,
                line,
                self.headers["identity_number"],
                f"the ID number already occurs in line {lines[0]}",
                "count every person once: delete one row",
            )
            for _, lines in repeated.limit(MOST_PROBLEMS).fetchall()
            for line in lines[1:]
        ]


def open_source(
    path: Path,
    keys: Collection[str],
    scope: Sequence[tuple[str, str]] = (),
    layout: Layout | None = None,
) -> RosterSource:
    """Open .xlsx, .xls, .csv or .parquet; keep the rows whose columns hold exactly the texts of `scope`."""
    connection = duckdb.connect()
    if path.suffix.lower() == ".parquet":
        headers = _open_parquet(path, keys, connection)
    else:
        headers = _open_table(path, keys, connection, layout)
    relation = connection.table("roster")
    for name, text in scope:
        column = PERSON.meant_by(name)
        key = column.key if column else name
        if key not in headers:
            raise BadInputError.of_file(path.name, f"has no column {name}", f"scope by {', '.join(headers)}")
        relation = relation.filter(duckdb.ColumnExpression(key) == duckdb.ConstantExpression(text))
    if not relation.limit(1).fetchall():
        raise BadInputError.of_file(path.name, "has no rows in scope", "check the file and --scope")
    relation.create("in_scope")
    return RosterSource(path.name, headers, connection, people="in_scope")


def _open_table(
    path: Path,
    keys: Collection[str],
    connection: duckdb.DuckDBPyConnection,
    layout: Layout | None,
) -> dict[str, str]:
    table = read_table(path, headers=PERSON.headers(keys), layout=layout)
    headers = _headers(path.name, table.columns, keys)
    columns: dict[str, NDArray[np.object_] | IntArray] = {
        key: np.array([row[header] for row in table.rows], dtype=object) for key, header in headers.items()
    }
    if "identity_number" in columns:  # whatever its width and spaces, a number names one person
        columns["identity_number"] = np.array(
            [text if text.isascii() else normalise_number(text) for text in columns["identity_number"]],
            dtype=object,
        )
    columns["line"] = np.array([row.line for row in table.rows], dtype=np.int64)
    connection.register("roster", columns)
    return headers


def _open_parquet(path: Path, keys: Collection[str], connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    try:
        relation = connection.read_parquet(str(path), file_row_number=True)
    except duckdb.Error as error:
        found = "is not a Parquet file" if path.is_file() else "cannot be read (no such file)"
        raise BadInputError.of_file(path.name, found, "check the path") from error
    headers = _headers(path.name, relation.columns, keys)
    quoted = {key: '"' + header.replace('"', '""') + '"' for key, header in headers.items()}
    cells = [f"{_TEXT_OF_CELL.format(column)} AS {key}" for key, column in quoted.items()]
    relation.project(", ".join(["file_row_number + 1 AS line", *cells])).create_view("roster")
    return headers


def _headers(file: str, columns: Sequence[str], keys: Collection[str]) -> dict[str, str]:
    """Key to header, in file order; two headers of one meaning are a fault."""
    headers: dict[str, str] = {}
    for header in columns:
        column = PERSON.meant_by(header)
        if column is None or column.key not in keys:
            continue
        if column.key in headers:
            found = f"means the same as the column {headers[column.key]}"
            raise BadInputError([Problem.plain(file, 1, header, found, "keep one of the two")])
        headers[column.key] = header
    return headers
