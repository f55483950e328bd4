"""What every side rule turns into: a block of linear rows over the admissible pairs."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


class BadRuleError(ValueError):
    """A side rule does not fit the problem; the message names the rule and what it lacks."""


@dataclass(frozen=True, eq=False)
class RowBlock:
    """Rows `lower ≤ Σ coefficient · pair (− centre) ≤ upper`.

    Entries are triplets `row`, `arc`, `coefficient` (n_entries,); `lower`, `upper` and `names` have one entry per row.
    With `centred`, one free quantity common to all rows of the block is taken off each of them. `part` (n_rows,) says
    which rows together state one demand, numbered from 0; each row its own when left out.
    """

    row: IntArray
    arc: IntArray
    coefficient: FloatArray
    lower: FloatArray
    upper: FloatArray
    names: tuple[str, ...]
    centred: bool = field(default=False)
    part: IntArray | None = field(default=None)

    def parts(self) -> IntArray:
        """Number of the demand that each row belongs to, (n_rows,)."""
        return np.arange(len(self.lower)) if self.part is None else self.part


class Rule(ABC):
    """A side rule: it checks that it fits the problem and states itself as linear rows."""

    @abstractmethod
    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when the rule does not fit; `places` (n_posts,) are the places per post."""

    @abstractmethod
    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """The rule as rows over the pairs (person[a], post[a])."""

    def when_full(self, places: IntArray) -> "Rule":  # noqa: ARG002 -- rules that profit use it
        """The same rule, stated more sharply, for plans that fill every place."""
        return self


def require(condition: bool, rule: str, message: str) -> None:  # noqa: FBT001 -- a condition and what its failure means
    """Raise `BadRuleError` unless the condition holds."""
    if not condition:
        raise BadRuleError(f"{rule}: {message}")


def require_labels(labels: IntArray, size: int, n_labels: int, rule: str, name: str) -> None:
    """Labels must be one per person or post, −1 for none, below `n_labels`."""
    require(len(labels) == size, rule, f"`{name}` has {len(labels)} entries, {size} are needed")
    fits = len(labels) == 0 or (int(labels.min()) >= -1 and int(labels.max()) < n_labels)
    require(fits, rule, f"`{name}` must lie in -1 … {n_labels - 1}")


def require_length(array: NDArray[np.generic], size: int, rule: str, name: str) -> None:
    """An array must have one entry per person, post, group or region."""
    require(len(array) == size, rule, f"`{name}` has {len(array)} entries, {size} are needed")
