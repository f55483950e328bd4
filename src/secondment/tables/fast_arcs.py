"""The fast way in for large, plain, faultless CSV files of pairs; declines whatever it is not sure of."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from secondment.tables.numbers import NUMBER
from secondment.tables.problems import BadInputError
from secondment.tables.reading import decode_text

MOST_FIELD = 131_072

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Coded:
    """A text column as sorted distinct names and the index of each row's name; shape (n_rows,)."""

    names: tuple[str, ...]
    index: Indices


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of a faultless file of pairs."""

    person: Coded
    post: Coded
    group: Coded
    score: npt.NDArray[np.float64]


def read_fast(path: Path, wanted: Sequence[str]) -> Columns | None:
    """The columns of `path`, or None when it is no plain CSV or any row needs a closer look."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return None
    content = path.read_bytes()
    header = _header(content, path.name)
    if header is None or any(header.count(name) != 1 for name in wanted):
        return None
    if _is_utf8(content):
        return _load(path, header, wanted)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "arcs.csv"
        copy.write_text(decode_text(content, file=path.name), encoding="utf-8", newline="")
        return _load(copy, header, wanted)


def _header(content: bytes, file: str) -> list[str] | None:
    line = content.split(b"\n", 1)[0]
    try:
        names = decode_text(line, file=file).split(",")
    except BadInputError:
        return None
    return None if b'"' in line else [name.strip() for name in names]


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _load(path: Path, header: Sequence[str], wanted: Sequence[str]) -> Columns | None:
    import duckdb

    with duckdb.connect() as connection:
        try:
            _load_rows(connection, path, header, wanted)
        except duckdb.Error:
            return None
        if not _is_faultless(connection):
            return None
        names = {column: _names(connection, column) for column in ("person", "post", "person_group")}
        arrays = connection.execute(
            "SELECT p.id AS person, q.id AS post, g.id AS person_group, CAST(score AS DOUBLE) AS score "
            "FROM arcs JOIN person_names p ON arcs.person = p.name JOIN post_names q ON arcs.post = q.name "
            "JOIN person_group_names g ON arcs.person_group = g.name"
        ).fetchnumpy()
    return _columns(names, arrays)


def _load_rows(connection: Any, path: Path, header: Sequence[str], wanted: Sequence[str]) -> None:
    place = {name: f"c{header.index(name)}" for name in wanted}
    fields = {f"c{number}": "VARCHAR" for number in range(len(header))}
    group = place.get("person_group")
    columns = ", ".join(
        f"trim({source}) AS {name}" if source else f"'' AS {name}"
        for name, source in [
            *((name, place[name]) for name in ("person", "post", "score")),
            ("person_group", group),
        ]
    )
    connection.execute(
        f"CREATE TEMP TABLE arcs AS SELECT {columns} FROM read_csv($path, header = false, skip = 1, "  # noqa: S608 -- column names c0, c1, … are ours
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\x01', "
        f"max_line_size = {MOST_FIELD}, columns = {fields})",
        {"path": str(path)},
    )


def _is_faultless(connection: Any) -> bool:
    n_rows, n_faults = connection.execute(
        "SELECT count(*), count(*) FILTER (coalesce(person, '') = '' OR coalesce(post, '') = '' "
        "OR person_group IS NULL OR NOT coalesce(regexp_full_match(score, $number), false) "
        "OR NOT coalesce(isfinite(TRY_CAST(score AS DOUBLE)), false)) FROM arcs",
        {"number": NUMBER},
    ).fetchone()
    return bool(n_rows and not n_faults)


def _names(connection: Any, column: str) -> tuple[str, ...]:
    connection.execute(
        f"CREATE TEMP TABLE {column}_names AS SELECT name, row_number() OVER (ORDER BY name) - 1 AS id "  # noqa: S608 -- one of three fixed names
        f"FROM (SELECT DISTINCT {column} AS name FROM arcs)"
    )
    rows = connection.execute(f"SELECT name FROM {column}_names ORDER BY id").fetchall()  # noqa: S608 -- as above
    return tuple(name for (name,) in rows)


def _columns(names: dict[str, tuple[str, ...]], arrays: dict[str, npt.NDArray[Any]]) -> Columns | None:
    person, post = arrays["person"].astype(np.int64), arrays["post"].astype(np.int64)
    group = arrays["person_group"].astype(np.int64)
    if any(name != name.strip() for column in names.values() for name in column):
        return None
    key = post * len(names["person"]) + person
    order = np.argsort(key)
    last_group = np.zeros(len(names["person"]), dtype=np.int64)
    last_group[person] = group
    if np.any(np.diff(key[order]) == 0) or np.any(last_group[person] != group):
        return None
    return Columns(
        Coded(names["person"], person[order]),
        Coded(names["post"], post[order]),
        Coded(names["person_group"], group[order]),
        np.asarray(arrays["score"], dtype=np.float64)[order],
    )
