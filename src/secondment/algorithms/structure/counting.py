"""Count coded officials by up to three dimensions, in DuckDB, from arrays or a Parquet file."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.structure.dimensions import AgeBy, ColumnKind, Dimension

if TYPE_CHECKING:
    import duckdb

MOST_DIMENSIONS = 3
MOST_CELLS = 5_000_000
_AFTER_AS_OF = -2
_NO_DAY = -3


class CountingError(ValueError):
    """The people cannot be counted this way; the message names the dimension and the reason."""


@dataclass(frozen=True)
class CrossTable:
    """People by bucket.

    Attributes
    ----------
    dimensions : tuple of Dimension
        One to three dimensions.
    counts : ndarray of int64, one axis per dimension
        Axis length is the number of buckets plus one; the last place holds those not stated.
    """

    dimensions: tuple[Dimension, ...]
    counts: IntArray


class Countable(Protocol):
    """A body of officials that can be counted, wherever it is kept."""

    n_people: int
    columns: frozenset[str]

    def cross(self, dimensions: Sequence[Dimension], as_of: dt.date) -> CrossTable:
        """How many people fall into each combination of buckets on `as_of`."""


class People:
    """Officials as coded columns, one row each.

    Columns are integers. A bucket index of -1 and a date of 0 mean "not stated"; dates are yyyymmdd
    with day 00 where only the month is known; tags are one bit per bucket, none set meaning not stated.
    """

    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """`connection` has a table or view `people`."""
        self._connection = connection
        self.columns = frozenset(connection.table("people").columns)
        [(self.n_people,)] = connection.execute("SELECT count(*) FROM people").fetchall()

    @classmethod
    def from_arrays(cls, columns: Mapping[str, NDArray[np.integer[Any]]]) -> "People":
        """People from integer arrays of equal length.

        Raises
        ------
        CountingError
            When there are no columns or their lengths differ.
        """
        lengths = {len(column) for column in columns.values()}
        if len(lengths) != 1:
            raise CountingError(f"columns must be of one length, but have lengths {sorted(lengths)}")
        import duckdb  # tenths of a second, for those who count files

        connection = duckdb.connect()
        connection.register("people", dict(columns))
        return cls(connection)

    @classmethod
    def from_parquet(cls, path: Path) -> "People":
        """People from a Parquet file of integer columns; the file is read again by every count."""
        import duckdb

        connection = duckdb.connect()
        connection.read_parquet(str(path)).create_view("people")
        return cls(connection)

    def cross(self, dimensions: Sequence[Dimension], as_of: dt.date) -> CrossTable:
        """How many people fall into each combination of buckets on `as_of`.

        A person with several tags is counted once under each, so tag counts can exceed the people.

        Raises
        ------
        CountingError
            No, repeated or more than three dimensions; a missing column; a date after `as_of`; a code
            beyond the buckets; counting by day where a day is missing; a table of more than `MOST_CELLS` cells.

        Notes
        -----
        One scan and one hash aggregation: time O(n), memory O(distinct combinations). Tags are grouped
        as bit sets first and spread over their buckets afterwards, so n rows are never multiplied.
        """
        self._check(dimensions)
        # Plain SQL text: building the same query as a relation takes longer than small rosters take to count.
        grouped = self._grouped([_key_sql(dimension, as_of) for dimension in dimensions]).fetchnumpy()
        indices = [np.asarray(grouped[f"k{axis}"], dtype=np.int64) for axis in range(len(dimensions))]
        weights = np.asarray(grouped["n"], dtype=np.int64)
        for axis, dimension in enumerate(dimensions):
            if dimension.kind is ColumnKind.SPAN:
                indices[axis] = _banded(indices[axis], dimension)
            if dimension.kind is ColumnKind.TAGS:
                indices, weights = _spread_tags(indices, weights, axis, dimension)
            _check_codes(dimension, indices[axis], as_of)
        shape = [len(dimension.buckets) + 1 for dimension in dimensions]
        places = np.ravel_multi_index(indices, shape, mode="wrap")  # -1 becomes the last place
        # Sums of doubles are exact far beyond any number of people.
        counts = np.bincount(places, weights, int(np.prod(shape))).astype(np.int64)
        return CrossTable(tuple(dimensions), counts.reshape(shape))

    def group(self, expressions: Sequence[str]) -> list[tuple[int, ...]]:
        """Distinct values of integer expressions over the columns, each with its number of people, sorted."""
        return sorted(self._grouped(expressions).fetchall())

    def _grouped(self, expressions: Sequence[str]) -> "duckdb.DuckDBPyConnection":
        names = [f"{expression} AS k{place}" for place, expression in enumerate(expressions)]
        query = f"SELECT {', '.join(names)}, count(*) AS n FROM people GROUP BY ALL"  # noqa: S608 -- expressions of this package
        return self._connection.execute(query)

    def mean_age(self, as_of: dt.date, by: AgeBy) -> float | None:
        """Mean completed years of those whose birth is stated; None if no one's is."""
        years = _years_sql("birth", as_of, by)
        mean_of = f"SELECT avg({years}) FROM people WHERE birth > 0"  # noqa: S608 -- expressions of this package
        [(mean,)] = self._connection.execute(mean_of).fetchall()
        return None if mean is None else float(mean) - 1000

    def _check(self, dimensions: Sequence[Dimension]) -> None:
        keys = [dimension.key for dimension in dimensions]
        if not 1 <= len(keys) <= MOST_DIMENSIONS or len(set(keys)) != len(keys):
            raise CountingError(f"give one to {MOST_DIMENSIONS} different dimensions, not “{','.join(keys)}”")
        missing = [dimension.key for dimension in dimensions if dimension.column not in self.columns]
        if missing:
            raise CountingError(f"the people have no column for {', '.join(missing)}")
        n_cells = int(np.prod([len(dimension.buckets) + 1 for dimension in dimensions]))
        if n_cells > MOST_CELLS:
            raise CountingError(f"{' × '.join(keys)} has {n_cells:,} cells, more than {MOST_CELLS:,}")


def _years_sql(column: str, as_of: dt.date, by: AgeBy) -> str:
    """Completed years plus 1000, in one division.

    The difference of two yyyymmdd numbers, cut to ten-thousands, drops the last unfinished year; by month,
    day 99 makes every day of the month of `as_of` late enough. The 1000 keep the cut a floor for dates after
    `as_of`, and lift "not stated" (0) above every age.
    """
    day = 99 if by is AgeBy.MONTH else as_of.day
    return f"(({as_of.year * 10000 + as_of.month * 100 + day + 10_000_000} - {column}) // 10000)"


def _key_sql(dimension: Dimension, as_of: dt.date) -> str:
    """What the engine groups by; years are banded afterwards, when only some dozens of them are left."""
    if dimension.kind is not ColumnKind.SPAN:
        return dimension.column
    years = _years_sql(dimension.column, as_of, dimension.by)
    if dimension.by is AgeBy.MONTH:
        return years
    return (
        f"CASE WHEN {dimension.column} % 100 = 0 AND {dimension.column} > 0 THEN {_NO_DAY} ELSE {years} END"
    )


def _banded(years_plus_1000: IntArray, dimension: Dimension) -> IntArray:
    years = years_plus_1000 - 1000
    bands = np.searchsorted(np.asarray(dimension.cuts), years, side="right")
    bands = np.where(years < 0, _AFTER_AS_OF, np.where(years >= 1000, -1, bands))
    return np.where(years_plus_1000 == _NO_DAY, _NO_DAY, bands)


def _check_codes(dimension: Dimension, codes: IntArray, as_of: dt.date) -> None:
    faults = {_AFTER_AS_OF: f"some dates lie after {as_of.isoformat()}", _NO_DAY: "some dates have no day"}
    n_buckets = len(dimension.buckets)
    for code in (int(codes.min(initial=-1)), int(codes.max(initial=-1))):
        if dimension.kind is ColumnKind.SPAN and code in faults:
            raise CountingError(f"{dimension.key}: {faults[code]}")
        if not -1 <= code < n_buckets:
            raise CountingError(f"{dimension.key}: code {code} is beyond its {n_buckets} buckets")


def _spread_tags(
    indices: list[IntArray], weights: IntArray, axis: int, dimension: Dimension
) -> tuple[list[IntArray], IntArray]:
    """Replace each bit set on `axis` by one entry per set bit, or one "not stated" entry when none is."""
    n_tags = len(dimension.buckets)
    if np.any((indices[axis] < 0) | (indices[axis] >= 1 << n_tags)):
        raise CountingError(f"{dimension.key}: some tags are beyond its {n_tags} buckets")
    bits = (indices[axis][:, None] >> np.arange(n_tags)) & 1
    bits = np.hstack([bits, bits.sum(axis=1, keepdims=True) == 0])
    group, tag = np.nonzero(bits)
    spread = [index[group] for index in indices]
    spread[axis] = np.where(tag == n_tags, -1, tag)
    return spread, weights[group]
