"""What a few raters say of one thing, how sure that is, and whether two such results can be told apart; pure Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

Z = 1.96
"""For statements that hold in 95 of 100 cases."""


@dataclass(frozen=True)
class Rated:
    """A mean out of a hundred, its standard error, and how many raters it has."""

    mean: float
    se: float
    n: int

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval."""
        return max(0.0, self.mean - Z * self.se)

    @property
    def high(self) -> float:
        """The upper end of the 95 % interval."""
        return min(100.0, self.mean + Z * self.se)


@dataclass(frozen=True)
class Change:
    """A later result minus an earlier one."""

    by: float
    se: float

    @property
    def is_distinguishable(self) -> bool:
        """Whether chance alone would seldom bring about a change as large."""
        return abs(self.by) > Z * self.se


def rated(scores: Mapping[str, Sequence[float]], step: float) -> dict[str, Rated]:
    """Every ability that somebody rated, from the scores its raters gave.

    Raters' spread is pooled over the abilities, because three marks alone say little of it; and it is never taken for
    less than what rounding to levels `step` apart hides (step² / 12).
    """
    told = {key: list(marks) for key, marks in scores.items() if marks}
    freedom = sum(len(marks) - 1 for marks in told.values())
    squares = sum(sum((one - _mean(marks)) ** 2 for one in marks) for marks in told.values())
    variance = max(squares / freedom if freedom else 0.0, step**2 / 12)
    return {key: Rated(_mean(marks), sqrt(variance / len(marks)), len(marks)) for key, marks in told.items()}


def change(before: Rated, after: Rated) -> Change:
    """The difference; its error has both errors in it."""
    return Change(after.mean - before.mean, hypot(before.se, after.se))


def mean_change(changes: Sequence[float]) -> Change | None:
    """The mean change of a group, by how much its people differ; None below two people."""
    n = len(changes)
    if n < 2:
        return None
    mean = _mean(changes)
    return Change(mean, sqrt(sum((one - mean) ** 2 for one in changes) / (n - 1) / n))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
