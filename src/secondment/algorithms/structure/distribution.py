"""How people are distributed over one dimension."""

import datetime as dt
from dataclasses import dataclass, replace

from secondment.algorithms.structure.counting import Countable, CrossTable
from secondment.algorithms.structure.dimensions import NO_HISTORY, ColumnKind, Dimension
from secondment.algorithms.structure.diversity import Diversity, diversity


@dataclass(frozen=True)
class Distribution:
    """People per bucket of one dimension, in bucket order, and those whose value is not stated.

    `n_stated` people have a value; shares are of these, so that gaps in the roster do not move them. Of the
    `n_no_history` it is not known what held on a past day; they are in no share either.
    """

    dimension: Dimension
    counts: tuple[int, ...]
    n_not_stated: int
    n_stated: int
    diversity: Diversity
    n_no_history: int = 0

    @property
    def has_several_per_person(self) -> bool:
        """Whether one person can be in several buckets, so that shares may add up to more than 1."""
        return self.dimension.kind is ColumnKind.TAGS

    def n_of(self, key: str) -> int:
        """People in a bucket; 0 for a bucket this distribution does not have."""
        keys = [bucket.key for bucket in self.dimension.buckets]
        return self.counts[keys.index(key)] if key in keys else 0

    def share_of(self, key: str) -> float | None:
        """Share of a bucket among people with a value; None if no one has one."""
        return self.n_of(key) / self.n_stated if self.n_stated else None


def distribution(people: Countable, dimension: Dimension, as_of: dt.date) -> Distribution:
    """Count `people` by one dimension on `as_of`."""
    return distribution_of(people.cross([dimension], as_of), people.n_people)


def distribution_of(cross: CrossTable, n_people: int) -> Distribution:
    """A cross of one dimension as a distribution of so many people.

    Raises
    ------
    ValueError
        When the cross has more than one dimension.
    """
    (dimension,) = cross.dimensions
    *counts, n_not_stated = (int(count) for count in cross.counts)
    buckets, n_no_history = dimension.buckets, 0
    if buckets and buckets[-1].key == NO_HISTORY:
        buckets, n_no_history = buckets[:-1], counts.pop()
    n_stated = n_people - n_not_stated - n_no_history
    return Distribution(
        replace(dimension, buckets=buckets),
        tuple(counts),
        n_not_stated,
        n_stated,
        diversity(counts),
        n_no_history,
    )
