"""Put the structure of two dates or two scopes side by side, bucket by bucket."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.dimensions import NOT_STATED, NOT_STATED_LABEL, ColumnKind
from secondment.algorithms.structure.distribution import Distribution


@dataclass(frozen=True)
class BucketChange:
    """One bucket in both: people and shares; `share_change` is second − first in share points (0–1)."""

    key: str
    label: str
    n_first: int
    n_second: int
    share_first: float | None
    share_second: float | None
    share_change: float | None


@dataclass(frozen=True)
class Comparison:
    """One dimension in both; `distance` (0–1) is the least share of people who differ in bucket.

    It is the total variation distance ½Σ|p−q|; None where a share is unknown or people have several tags.
    """

    key: str
    label: str
    buckets: tuple[BucketChange, ...]
    distance: float | None


@dataclass(frozen=True)
class CellChange:
    """One combination of buckets in both; shares are of the people whose every value is stated.

    They are None for a combination with a value not stated, and where people can have several tags.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    n_first: int
    n_second: int
    share_first: float | None
    share_second: float | None
    share_change: float | None


@dataclass(frozen=True)
class CrossComparison:
    """One cross in both: the combinations that occur in either, and the distance as in `Comparison`."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[CellChange, ...]
    distance: float | None


def compare(first: Distribution, second: Distribution) -> Comparison:
    """Compare one dimension; buckets are matched by key, in the order of `first`, then new ones.

    Raises
    ------
    ValueError
        When the two are not of the same dimension.
    """
    if first.dimension.key != second.dimension.key:
        raise ValueError(f"cannot compare {first.dimension.key} with {second.dimension.key}")
    labels = {bucket.key: bucket.label for bucket in (*first.dimension.buckets, *second.dimension.buckets)}
    changes = tuple(_change(key, label, first, second) for key, label in labels.items())
    return Comparison(first.dimension.key, first.dimension.label, changes, _distance(changes, first))


def compare_crosses(first: CrossTable, second: CrossTable) -> CrossComparison:
    """Compare one cross; buckets are matched by key along every dimension, those not stated last.

    Raises
    ------
    ValueError
        When the two are not of the same dimensions in the same order.
    """
    keys = tuple(dimension.key for dimension in first.dimensions)
    if keys != tuple(dimension.key for dimension in second.dimensions):
        raise ValueError(
            f"cannot compare {keys} with {tuple(dimension.key for dimension in second.dimensions)}"
        )
    names = _bucket_labels(first, second)
    counts = _counts_by_keys(first), _counts_by_keys(second)
    stated = None if _has_tags(first) else (_n_stated(counts[0]), _n_stated(counts[1]))
    ranks = [{key: place for place, key in enumerate(axis)} for axis in names]
    filled = sorted(
        counts[0].keys() | counts[1].keys(),
        key=lambda cell: [rank[key] for rank, key in zip(ranks, cell, strict=True)],
    )
    cells = tuple(
        _cell(cell, names, (counts[0].get(cell, 0), counts[1].get(cell, 0)), stated) for cell in filled
    )
    steps = [cell.share_change for cell in cells if cell.share_change is not None]
    known = stated is not None and min(stated) > 0
    labels = tuple(dimension.label for dimension in first.dimensions)
    return CrossComparison(keys, labels, cells, sum(abs(step) for step in steps) / 2 if known else None)


def _bucket_labels(first: CrossTable, second: CrossTable) -> list[dict[str, str]]:
    """Per dimension the labels by key: buckets of `first`, new ones of `second`, “not stated”."""
    return [
        {bucket.key: bucket.label for bucket in (*here.buckets, *there.buckets)}
        | {NOT_STATED: NOT_STATED_LABEL}
        for here, there in zip(first.dimensions, second.dimensions, strict=True)
    ]


def _counts_by_keys(cross: CrossTable) -> dict[tuple[str, ...], int]:
    keys = [[*(bucket.key for bucket in item.buckets), NOT_STATED] for item in cross.dimensions]
    return {
        tuple(axis[int(index)] for axis, index in zip(keys, place, strict=True)): int(
            cross.counts[tuple(place)]
        )
        for place in np.argwhere(cross.counts)
    }


def _n_stated(counts: dict[tuple[str, ...], int]) -> int:
    return sum(n_people for cell, n_people in counts.items() if NOT_STATED not in cell)


def _has_tags(cross: CrossTable) -> bool:
    return any(dimension.kind is ColumnKind.TAGS for dimension in cross.dimensions)


def _cell(
    cell: tuple[str, ...],
    names: list[dict[str, str]],
    n_people: tuple[int, int],
    stated: tuple[int, int] | None,
) -> CellChange:
    labels = tuple(axis[key] for axis, key in zip(names, cell, strict=True))
    if stated is None or min(stated) == 0 or NOT_STATED in cell:
        return CellChange(cell, labels, *n_people, None, None, None)
    first, second = n_people[0] / stated[0], n_people[1] / stated[1]
    return CellChange(cell, labels, *n_people, first, second, second - first)


def _change(key: str, label: str, first: Distribution, second: Distribution) -> BucketChange:
    share_first, share_second = first.share_of(key), second.share_of(key)
    known = share_first is not None and share_second is not None
    change = share_second - share_first if known else None  # type: ignore[operator]  # known says so
    return BucketChange(key, label, first.n_of(key), second.n_of(key), share_first, share_second, change)


def _distance(changes: tuple[BucketChange, ...], first: Distribution) -> float | None:
    steps = [change.share_change for change in changes]
    if first.has_several_per_person or any(step is None for step in steps):
        return None
    return sum(abs(step) for step in steps if step is not None) / 2
