"""How people are distributed over one dimension."""

import datetime as dt
from dataclasses import dataclass

from secondment.algorithms.structure.counting import People
from secondment.algorithms.structure.dimensions import ColumnKind, Dimension
from secondment.algorithms.structure.diversity import Diversity, diversity


@dataclass(frozen=True)
class Distribution:
    """People per bucket of one dimension, in bucket order, and those whose value is not stated.

    `n_stated` people have a value; shares are of these, so that gaps in the roster do not move them.
    """

    dimension: Dimension
    counts: tuple[int, ...]
    n_not_stated: int
    n_stated: int
    diversity: Diversity

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


def distribution(people: People, dimension: Dimension, as_of: dt.date) -> Distribution:
    """Count `people` by one dimension on `as_of`."""
    counts = [int(count) for count in people.cross([dimension], as_of).counts]
    n_not_stated = counts.pop()
    return Distribution(
        dimension, tuple(counts), n_not_stated, people.n_people - n_not_stated, diversity(counts)
    )
