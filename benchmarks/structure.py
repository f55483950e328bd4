"""Speed of the structure analysis beside pandas and hand-written DuckDB: one cross of age × education × rank.

Run as `python benchmarks/structure.py [most people]`; every figure is the best of five runs, in seconds.
All three must find the same table, or the benchmark stops.
"""

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd  # noqa: TID251 -- a rival to measure against, never at run time

from secondment.algorithms.structure.counting import People
from secondment.algorithms.structure.dimensions import EDUCATION, NATIONAL_AGE_CUTS, RANK, age_dimension

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


def best_of_five(run: Callable[[], int]) -> tuple[float, int]:
    """Least seconds, and what the run found."""
    times, found = [], 0
    for _ in range(5):
        start = time.perf_counter()
        found = run()
        times.append(time.perf_counter() - start)
    return min(times), found


def by_pandas(path: Path) -> int:
    columns = duckdb.read_parquet(str(path)).fetchnumpy()  # no Parquet reader of its own is installed
    frame = pd.DataFrame(columns)
    age = (202611 - frame["birth"] // 100) // 100
    band = np.digitize(age, NATIONAL_AGE_CUTS)
    return len(frame.groupby([band, "education", "rank"]).size())


def measure(n_people: int, path: Path) -> None:
    write_people(path, n_people)
    connection = duckdb.connect()
    people = People.from_parquet(path)
    raw, n_raw = best_of_five(lambda: len(connection.execute(RAW, [str(path)]).fetchall()))
    ours, n_ours = best_of_five(lambda: int((people.cross(DIMENSIONS, AS_OF).counts > 0).sum()))
    pandas, n_pandas = best_of_five(lambda: by_pandas(path))
    if not n_raw == n_ours == n_pandas:
        raise SystemExit(f"the three differ: {n_raw}, {n_ours}, {n_pandas} groups")
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
