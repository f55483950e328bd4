"""Where the structure falls short of what the organisation department wants."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from secondment.algorithms.structure.distribution import Distribution


@dataclass(frozen=True)
class Target:
    """A wish about some buckets of one dimension, counted together.

    `at_least` and `at_most` are people, or shares (0–1) of those with a value when `is_share`;
    `basis` is the document the wish comes from.
    """

    dimension: str
    buckets: tuple[str, ...]
    is_share: bool
    at_least: Fraction | None
    at_most: Fraction | None
    basis: str


@dataclass(frozen=True)
class Gap:
    """A target held against the facts.

    `n_needed` more people are wanted in the buckets, or `n_surplus` fewer; both 0 when met. For shares
    the number of people is taken as unchanged: someone else makes room.
    """

    target: Target
    n_people: int
    n_stated: int
    n_needed: int
    n_surplus: int

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing and nothing is too many."""
        return self.n_needed == 0 and self.n_surplus == 0


def gaps(targets: Sequence[Target], distributions: Sequence[Distribution]) -> tuple[Gap, ...]:
    """Hold every target against the distribution of its dimension, in the order of the targets.

    Raises
    ------
    ValueError
        A dimension that was not counted, an unknown bucket, several tags joined in one target (people
        with both would count twice), no bound, or bounds that cross.
    """
    by_key = {distribution.dimension.key: distribution for distribution in distributions}
    return tuple(_gap(target, by_key) for target in targets)


def _gap(target: Target, by_key: dict[str, Distribution]) -> Gap:
    counted = by_key.get(target.dimension)
    if counted is None:
        raise ValueError(f"dimension {target.dimension} is not in the analysis")
    _check(target, counted)
    n_people = sum(counted.n_of(key) for key in target.buckets)
    scale = counted.n_stated if target.is_share else 1
    needed = 0 if target.at_least is None else max(0, math.ceil(target.at_least * scale) - n_people)
    surplus = 0 if target.at_most is None else max(0, n_people - math.floor(target.at_most * scale))
    return Gap(target, n_people, counted.n_stated, needed, surplus)


def _check(target: Target, counted: Distribution) -> None:
    known = {bucket.key for bucket in counted.dimension.buckets}
    strange = [key for key in target.buckets if key not in known]
    if strange or not target.buckets:
        raise ValueError(f"{target.dimension} has no bucket {', '.join(strange) or '(none given)'}")
    if len(set(target.buckets)) != len(target.buckets):
        raise ValueError(f"{target.dimension}: a bucket occurs twice in one target")
    if counted.has_several_per_person and len(target.buckets) > 1:
        raise ValueError(f"{target.dimension}: one tag per target, because people can have several")
    if target.at_least is None and target.at_most is None:
        raise ValueError(f"{target.dimension}: give at least one bound")
    if target.at_least is not None and target.at_most is not None and target.at_least > target.at_most:
        raise ValueError(f"{target.dimension}: the lower bound is above the upper bound")
