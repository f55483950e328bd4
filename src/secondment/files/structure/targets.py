"""Read the target structure an organisation department sets: one wish per row."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from secondment.algorithms.structure.dimensions import Dimension
from secondment.algorithms.structure.targets import Target
from secondment.files.columns.need import TARGET
from secondment.files.columns.rows import read_by_key
from secondment.files.problems import BadInputError
from secondment.files.table import Row


class _WordError(ValueError):
    """A cell of the target file that is not understood: column key, finding, remedy."""

    def __init__(self, column: str, found: str, remedy: str) -> None:
        self.column, self.found, self.remedy = column, found, remedy
        super().__init__(found)


def read_targets(path: Path, dimensions: Sequence[Dimension]) -> tuple[Target, ...]:
    """Read targets; a bound is a number of people (12) or a share (20%).

    Dimensions and buckets are named by key or Chinese label; several buckets are joined with “+”.
    """
    table = read_by_key(path, TARGET, ("dimension", "buckets"))
    targets, problems = [], []
    for row in table.rows:
        try:
            targets.append(_target(row, dimensions))
        except _WordError as error:
            problems.append(table.problem(row, error.column, error.found, error.remedy))
    if problems:
        raise BadInputError(problems)
    return tuple(targets)


def _target(row: Row, dimensions: Sequence[Dimension]) -> Target:
    dimension = next((item for item in dimensions if row["dimension"] in {item.key, item.label}), None)
    if dimension is None:
        known = ", ".join(item.key for item in dimensions)
        raise _WordError("dimension", f"“{row['dimension']}” cannot be counted here", f"use one of {known}")
    buckets = tuple(_bucket(dimension, name.strip()) for name in row["buckets"].split("+"))
    if len(set(buckets)) < len(buckets) or (dimension.key == "specialty" and len(buckets) > 1):
        raise _WordError(
            "buckets", "would count a person twice", "name each class once; one specialty per row"
        )
    low, low_is_share = _bound(row["at_least"], "at_least")
    high, high_is_share = _bound(row["at_most"], "at_most")
    if low is None and high is None:
        raise _WordError("at_least", "has no bound", "give a lower or an upper bound, such as 12 or 20%")
    if low is not None and high is not None and (low_is_share != high_is_share or low > high):
        raise _WordError(
            "at_most", "does not fit the lower bound", "give both as people or both as shares, rising"
        )
    return Target(dimension.key, buckets, low_is_share or high_is_share, low, high, row["basis"])


def _bucket(dimension: Dimension, name: str) -> str:
    for bucket in dimension.buckets:
        if name in {bucket.key, bucket.label}:
            return bucket.key
    known = ", ".join(bucket.label for bucket in dimension.buckets)
    raise _WordError("buckets", f"“{name}” is not a class of {dimension.label}", f"use {known}")


def _bound(text: str, column: str) -> tuple[Fraction | None, bool]:
    """The bound and whether it is a share; (None, False) when the cell is empty."""
    if not text:
        return None, False
    is_share = text.endswith(("%", "％"))
    try:
        bound = Fraction(text.rstrip("%％")) / (100 if is_share else 1)
    except (ValueError, ZeroDivisionError):
        raise _WordError(
            column, f"“{text}” is not a number", "write people as 12 or a share as 20%"
        ) from None
    if bound < 0 or (is_share and bound > 1) or (not is_share and bound.denominator > 1):
        raise _WordError(
            column, f"“{text}” is out of range", "write a whole number of people, or a share from 0% to 100%"
        )
    return bound, is_share
