"""Code the columns of a large CSV file of marks with DuckDB: seconds for millions of rows."""

from pathlib import Path
from typing import Any

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.files.columns.rating import RATING
from secondment.files.numbers import NUMBER
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import note_unknown
from secondment.files.sheet_table import STRANGE

REQUIRED = ("ratee", "rater", "criterion", "score")
OPTIONAL = ("source", "unit")
MOST_FAULTS = 1000
SECONDS_REMEDY = "write the seconds taken for this mark, or leave the cell empty"

Coded = dict[str, tuple[list[str], IndexArray]]


def read_large(path: Path) -> tuple[Coded, FloatArray, FloatArray] | None:
    """Names and codes per column, the marks and the seconds; None if this is not a plain UTF-8 CSV.

    Lines in messages count from the header without blank lines.
    """
    import duckdb

    with duckdb.connect(config={"threads": 2, "memory_limit": "350MB"}) as base:
        try:
            base.execute(
                "create temp table file as select row_number() over () + 1 as line, * from "
                "read_csv(?, header=true, all_varchar=true, delim=',', quote='\"', escape='\"')",
                [str(path)],
            )
        except duckdb.Error:
            return None
        headers = [row[0] for row in base.execute("describe file").fetchall()[1:]]
        meant = RATING.meant_in(headers)
        if not set(REQUIRED) <= set(meant) or any(len(names) > 1 for names in meant.values()):
            # Another separator, titles above the header, or a fault that the row reader reports.
            return None
        columns = {key: names[0] for key, names in meant.items()}
        _check_cells(base, path.name, columns)
        coded = {name: _code(base, columns[name]) for name in (*REQUIRED[:3], *OPTIONAL) if name in columns}
        if any(STRANGE.search("\n".join(names)) for names, _ in coded.values()):
            return None
        note_unknown(path.name, [name for name in headers if name not in columns.values()])
        return coded, _numbers(base, columns, "score"), _numbers(base, columns, "seconds")


def _numbers(base: Any, columns: dict[str, str], name: str) -> FloatArray:
    """A column of checked numbers; nan where a cell is empty or the file has no such column."""
    cell = f"nullif(trim({_quoted(columns[name])}), '')" if name in columns else "'nan'"
    rows = base.execute(
        f"select coalesce(cast({cell} as double), 'nan') as value from file order by line"  # noqa: S608 -- a quoted column name
    )
    return np.asarray(rows.fetchnumpy()["value"], dtype=np.float64)


def _number_of(cell: str) -> str:
    """The number in a cell, by the same rule as in a small file; null where there is none."""
    return f"case when regexp_full_match({cell}, '{NUMBER}') then try_cast({cell} as double) end"


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _check_cells(base: Any, file: str, columns: dict[str, str]) -> None:
    problems = []
    for name in REQUIRED:
        cell = f"coalesce(trim({_quoted(columns[name])}), '')"
        number = _number_of(cell)
        fault = f"{cell} = ''" if name != "score" else f"({number} is null or not isfinite({number}))"
        rows = base.execute(
            f"select line, {cell} from file where {fault} order by line limit {MOST_FAULTS}"  # noqa: S608 -- a quoted column name
        ).fetchall()
        for line, found in rows:
            remedy = f"write the {name}'s code"
            if name == "score":
                remedy = "write a number, or delete the row when no mark was given"
            problems.append(
                Problem.plain(
                    file, line, columns[name].strip(), f"is “{found}”" if found else "is empty", remedy
                )
            )
    problems += _bad_seconds(base, file, columns)
    if problems:
        raise BadInputError(sorted(problems, key=lambda problem: problem.line))


def _bad_seconds(base: Any, file: str, columns: dict[str, str]) -> list[Problem]:
    if "seconds" not in columns:
        return []
    cell = f"coalesce(trim({_quoted(columns['seconds'])}), '')"
    number = _number_of(cell)
    rows = base.execute(
        f"select line, {cell} from file where {cell} <> '' and "  # noqa: S608 -- a quoted column name
        f"({number} is null or not isfinite({number}) or {number} <= 0) order by line limit {MOST_FAULTS}"
    ).fetchall()
    return [
        Problem.plain(file, line, columns["seconds"].strip(), f"is “{found}”", SECONDS_REMEDY)
        for line, found in rows
    ]


def _code(base: Any, column: str) -> tuple[list[str], IndexArray]:
    cell = f"coalesce(trim({_quoted(column)}), '')"
    names = [row[0] for row in base.execute(f"select distinct {cell} from file").fetchall()]  # noqa: S608 -- a quoted column name
    names = sorted(set(names) - {""})
    base.execute("create or replace temp table name_code (name varchar, code integer)")
    numbers = np.arange(len(names), dtype=np.int32)
    base.register("numbered", {"name": np.array(names, dtype=object), "code": numbers})
    base.execute("insert into name_code select name, code from numbered")
    base.unregister("numbered")
    codes = base.execute(
        f"select coalesce(code, -1) as code from file left join name_code on {cell} = name order by line"  # noqa: S608 -- a quoted column name
    ).fetchnumpy()["code"]
    return names, np.asarray(codes, dtype=np.intp)
