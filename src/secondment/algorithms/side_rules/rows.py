"""What every side rule is: a block of linear rows over the admissible pairs, and a count of what a plan reaches."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.arrays import FloatArray, IntArray

# A share such as 0.3 × 10 people must not become 4 people because 0.3 has no exact binary form.
ROUNDING = 1e-6


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


@dataclass(frozen=True)
class RuleValue:
    """The value of a rule in a plan for one group, team, region or couple.

    Attributes
    ----------
    value : what the rule limits there; None where no one is placed to evaluate it
    least, most : its limits; None for no limit
    n_placed : people placed there
    n_counted : of those, people whom the rule counts
    """

    value: float | None
    least: float | None = None
    most: float | None = None
    n_placed: int = 0
    n_counted: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether the value is within the limits."""
        if self.value is None:
            return True
        is_enough = self.least is None or self.value >= self.least - ROUNDING
        return bool(is_enough and (self.most is None or self.value <= self.most + ROUNDING))


class Rule(ABC):
    """A side rule: it checks that it fits the problem, states itself as linear rows and judges plans."""

    @abstractmethod
    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when the rule does not fit; `places` (n_posts,) are the places per post."""

    @abstractmethod
    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """The rule as rows over the pairs (person[a], post[a])."""

    @abstractmethod
    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """The values in the plan that places person[k] in post[k], part by part in the order of the rule's own numbers."""

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


def count_labels(labels: IntArray, n_labels: int) -> IntArray:
    """How many of each label; −1 does not count."""
    return np.bincount(labels[labels >= 0], minlength=n_labels)
