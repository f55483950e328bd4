"""Put the structure of two dates or two scopes side by side, bucket by bucket."""

from dataclasses import dataclass

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
