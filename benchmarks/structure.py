"""Speed of the structure analysis beside pandas and hand-written DuckDB: one cross of age × education × rank.

Run as `python benchmarks/structure.py [most people]`; every figure is the best of fifty runs (eight from a million
people on), in seconds; the runs take turns, so that a busy machine troubles all alike. All three read the same
Parquet file and must find the same table, or the benchmark stops.
"""

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd  # noqa: TID251 -- a rival to measure against, never at run time

from secondment.algorithms.structure.counting import People
from secondment.algorithms.structure.dimensions import NATIONAL_AGE_CUTS, age_dimension
from secondment.files.structure.dimensions import EDUCATION, RANK

AS_OF = dt.date(2026, 11, 23)
DIMENSIONS = (age_dimension(), EDUCATION, RANK)
RAW = """
SELECT CASE WHEN a < 31 THEN 0 WHEN a < 36 THEN 1 WHEN a < 41 THEN 2 WHEN a < 46 THEN 3 WHEN a < 51 THEN 4
  WHEN a < 55 THEN 5 WHEN a < 60 THEN 6 ELSE 7 END AS age, education, rank, count(*) AS n
FROM (SELECT (202611 - birth // 100) // 100 AS a, education, rank FROM read_parquet(?)) GROUP BY ALL
"""


def write_people(path: Path, n_people: int) -> None:
    """Synthetic people as a Parquet file of codes."""
    random = np.random.default_rng(20261123)
    birth = random.integers(1962, 2003, n_people) * 10000 + random.integers(1, 13, n_people) * 100 + 15
    columns = {
        "birth": birth.astype(np.int32),
        "education": random.integers(0, 5, n_people).astype(np.int8),
        "rank": random.integers(0, 8, n_people).astype(np.int8),
    }
    connection = duckdb.connect()
    connection.register("columns", columns)
    connection.table("columns").write_parquet(str(path))


Cells = dict[tuple[int, ...], int]


def best_of(n_runs: int, rivals: Sequence[Callable[[], Any]]) -> list[tuple[float, Any]]:
    """Per rival its least seconds and what its last run found."""
    times: list[list[float]] = [[] for _ in rivals]
    found: list[Any] = [None for _ in rivals]
    for _ in range(n_runs):
        for place, run in enumerate(rivals):
            start = time.perf_counter()
            found[place] = run()
            times[place].append(time.perf_counter() - start)
    return [(min(spent), what) for spent, what in zip(times, found, strict=True)]


def by_pandas(path: Path) -> "pd.Series[int]":
    columns = duckdb.read_parquet(str(path)).fetchnumpy()  # no Parquet reader of its own is installed
    frame = pd.DataFrame(columns)
    age = (202611 - frame["birth"] // 100) // 100
    band = np.digitize(age, NATIONAL_AGE_CUTS)
    return frame.groupby([band, "education", "rank"]).size()


def measure(n_people: int, path: Path) -> None:
    write_people(path, n_people)
    connection = duckdb.connect()
    people = People.from_parquet(path)
    n_runs = 50 if n_people < 1_000_000 else 8
    (raw, rows), (ours, cross), (pandas, series) = best_of(
        n_runs,
        [
            lambda: connection.execute(RAW, [str(path)]).fetchall(),
            lambda: people.cross(DIMENSIONS, AS_OF),
            lambda: by_pandas(path),
        ],
    )
    by_raw: Cells = {row[:3]: row[3] for row in rows}
    by_ours = {tuple(map(int, place)): int(cross.counts[tuple(place)]) for place in np.argwhere(cross.counts)}
    if not by_raw == by_ours == {tuple(map(int, key)): int(n) for key, n in series.items()}:
        raise SystemExit("the three find different tables")
    print(f"{n_people:>12,} {ours:10.4f} {raw:10.4f} {pandas:10.4f} {ours / raw:10.2f}")


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{'people':>12} {'ours':>10} {'raw DuckDB':>10} {'pandas':>10} {'ours/raw':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for n_people in (10_000, 100_000, 1_000_000, 10_000_000):
            if n_people <= most:
                measure(n_people, Path(folder) / "people.parquet")


if __name__ == "__main__":
    main()
