"""A rule as it was asked for: what the solver keeps, how its parts are called, what a plan reaches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.side_rules.rows import Rule

IntArray = NDArray[np.int64]
ROUNDING = 1e-6


@dataclass(frozen=True, eq=False)
class Placed:
    """Who is placed where: indices of people and posts, shape (n_placed,)."""

    person: IntArray
    post: IntArray


@dataclass(frozen=True)
class Reached:
    """What a plan reaches of one part of a rule; `value` None where nobody is placed to judge it by."""

    of: str
    value: float | None
    least: float | None = None
    most: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the value lies between the limits."""
        if self.value is None:
            return True
        is_enough = self.least is None or self.value >= self.least - ROUNDING
        return bool(is_enough and (self.most is None or self.value <= self.most + ROUNDING))

    def as_json(self) -> dict[str, object]:
        """The keys of the result file; limits that do not exist are left out."""
        limits = {"least": self.least, "most": self.most}
        return {
            "of": self.of,
            "value": None if self.value is None else round(float(self.value), 9),
            **{key: float(limit) for key, limit in limits.items() if limit is not None},
            "kept": self.is_kept,
        }


Measure = Callable[[Placed], Sequence[Reached]]


@dataclass(frozen=True, eq=False)
class Demand:
    """One rule of the file: the solver's rule, the names of its parts, how to measure a plan by it."""

    rule: Rule
    parts: tuple[str, ...]
    measure: Measure


def limit(number: float) -> float | None:
    """A limit for the result file: None where there is none."""
    return float(number) if np.isfinite(number) else None
