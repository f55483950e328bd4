"""The fast way in for large, plain, faultless CSV files of pairs; declines whatever it is not sure of."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.files.columns.pair import PAIR
from secondment.files.problems import BadInputError
from secondment.files.reading import decode_text, note_unknown
from secondment.files.sheet_table import STRANGE

MOST_FIELD = 131_072
MOST_READ = 1 << 20
GROUP = "person_group"
SPACE_AT_AN_END = re.compile(r"\n\s|\s\n")
NAMED = ("person", "post", GROUP)


@dataclass(frozen=True, eq=False)
class Coded:
    """A text column as sorted distinct names and the index of each row's name; shape (n_rows,)."""

    names: tuple[str, ...]
    index: IntArray


@dataclass(frozen=True, eq=False)
class CodedArcs:
    """The columns of a faultless file of pairs."""

    person: Coded
    post: Coded
    group: Coded
    score: FloatArray


def read_fast(path: Path, wanted: Sequence[str], *, names_unknown: bool = True) -> CodedArcs | None:
    """The columns of `path`, or None if it is not a plain CSV or any row needs a closer look."""
    if path.suffix.lower() not in {".csv", ""} or not path.is_file():
        return None
    header = _header(path)
    meant = PAIR.meant_in(header or ())
    if header is None or any(len(meant.get(name, ())) != 1 for name in wanted):
        return None
    keys = [next((key for key in meant if name in meant[key]), "") for name in header]
    found = _load(path, keys, wanted)
    if found is None and not _is_utf8(path):
        found = _load_as_utf8(path, keys, wanted)
    if found is not None and names_unknown:
        note_unknown(path.name, [name for name, key in zip(header, keys, strict=True) if not key])
    return found


def _header(path: Path) -> list[str] | None:
    with path.open("rb") as content:
        line = content.readline(MOST_FIELD)
    try:
        names = decode_text(line, file=path.name).split(",")
    except BadInputError:
        return None
    return None if b'"' in line or STRANGE.search("".join(names)) else [name.strip() for name in names]


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as content:
            for _ in iter(lambda: content.read(MOST_READ), ""):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _load_as_utf8(path: Path, header: Sequence[str], wanted: Sequence[str]) -> CodedArcs | None:
    """The same from a copy, for files of other encodings."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "arcs.csv"
        copy.write_text(decode_text(path.read_bytes(), file=path.name), encoding="utf-8", newline="")
        return _load(copy, header, wanted)


def _load(path: Path, header: Sequence[str], wanted: Sequence[str]) -> CodedArcs | None:
    import duckdb

    named = [name for name in NAMED if name in wanted]
    with duckdb.connect(config={"threads": 2, "preserve_insertion_order": False}) as connection:
        try:
            _load_rows(connection, path, header, wanted)
        except duckdb.Error:
            return None
        names = {column: _names(connection, column) for column in named}
        if not all(map(_are_plain, names.values())):
            return None
        arrays = _numbered(connection, named)
        n_rows = connection.execute("SELECT count(*) AS n FROM arcs").fetchnumpy()["n"]
    return _columns(names, arrays, int(n_rows[0]))


def _load_rows(connection: Any, path: Path, header: Sequence[str], wanted: Sequence[str]) -> None:
    fields = {f"c{number}": "VARCHAR" for number in range(len(header))}
    columns = ", ".join(f"c{header.index(name)} AS {name}" for name in wanted)
    connection.execute(
        f"CREATE TEMP TABLE arcs AS SELECT {columns} FROM read_csv($path, header = false, skip = 1, "  # noqa: S608 -- column names c0, c1, … are ours
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\x01', "
        f"max_line_size = {MOST_FIELD}, columns = {fields})",
        {"path": str(path)},
    )


def _names(connection: Any, column: str) -> list[str]:
    """The distinct names without spaces around them, ascending; a table maps each as written to its number."""
    connection.execute(
        f"CREATE TEMP TABLE {column}_names AS SELECT name, trim(name) AS tidy, "  # noqa: S608 -- one of three fixed names
        f"CAST(dense_rank() OVER (ORDER BY trim(name)) - 1 AS INTEGER) AS id FROM (SELECT DISTINCT {column} AS name FROM arcs)"
    )
    found = connection.execute(
        f"SELECT DISTINCT id, coalesce(tidy, '') AS tidy FROM {column}_names ORDER BY id"  # noqa: S608 -- as above
    )
    return list(found.fetchnumpy()["tidy"])


def _are_plain(names: list[str]) -> bool:
    """Whether nothing in the names needs a closer look."""
    together = "\n".join(["", *filter(None, names), ""])
    return not STRANGE.search(together) and not SPACE_AT_AN_END.search(together)


def _numbered(connection: Any, named: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
    """Each row's names as numbers, its score, and whether the score is a number by our rule.

    Of all texts that DuckDB takes for a finite number only those with “_” and “+-” are none to us.
    """
    numbers = ", ".join(f"{column}_names.id AS {column}" for column in named)
    joins = " ".join(f"JOIN {column}_names ON arcs.{column} = {column}_names.name" for column in named)
    query = f"SELECT {numbers}, coalesce(TRY_CAST(score AS DOUBLE), 'inf') AS score, contains(score, '_') OR contains(score, '+-') AS is_odd FROM arcs {joins}"  # noqa: S608 -- fixed names
    return dict(connection.execute(query).fetchnumpy())


def _columns(
    names: dict[str, list[str]], arrays: dict[str, npt.NDArray[Any]], n_rows: int
) -> CodedArcs | None:
    """The columns by post and person; None for a fault, or when a row was lost for a cell that is none."""
    person, post, score = arrays["person"], arrays["post"], arrays["score"]
    if n_rows == 0 or len(score) != n_rows or "" in (names["person"][0], names["post"][0]):
        return None
    if arrays["is_odd"].any() or not np.isfinite(score).all():
        return None
    key = post.astype(np.int64) * len(names["person"]) + person
    order = np.argsort(key)
    if np.any(np.diff(key[order]) == 0):
        return None
    group = arrays.get(GROUP)
    if group is not None:
        last_group = np.zeros(len(names["person"]), dtype=np.int64)
        last_group[person] = group
        if np.any(last_group[person] != group):
            return None
    coded = {column: Coded(tuple(names[column]), arrays[column][order].astype(np.int64)) for column in names}
    no_group = Coded(("",), np.zeros(len(order), dtype=np.int64))
    return CodedArcs(
        coded["person"], coded["post"], coded.get(GROUP, no_group), np.asarray(score[order], dtype=np.float64)
    )
