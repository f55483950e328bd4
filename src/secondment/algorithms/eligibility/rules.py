"""A rule as a programme sets it, and what its check is given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.eligibility.facts import PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.findings import Outcome


class Mode(StrEnum):
    """What a rule does when it is not met."""

    BLOCK = "block"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True)
class Case:
    """All persons and all posts of one check, and the figures of the rule that looks at them."""

    people: Sequence[PersonFacts]
    posts: Sequence[PostFacts]
    term: Term
    figures: Mapping[str, Any] = field(default_factory=dict)

    def of(self, rule: "RuleSetting") -> "Case":
        """The same persons and posts as `rule` looks at them."""
        return replace(self, figures=rule.figures)


# number of the person, number of the post (None where the person as such is meant), and what was found
Found = tuple[int, int | None, Outcome]
Check = Callable[[Case], Iterator[Found]]


@dataclass(frozen=True)
class RuleSetting:
    """A rule with its mode and figures; of whom the check finds nothing, the rule is met."""

    code: str
    mode: Mode
    check: Check
    figures: Mapping[str, Any] = field(default_factory=dict)


def each_person(look: Callable[[PersonFacts, Case], Outcome]) -> Check:
    """The check of a rule that looks at one person after the other."""

    def check(case: Case) -> Iterator[Found]:
        return ((number, None, look(facts, case)) for number, facts in enumerate(case.people))

    return check


def hits(mask: BoolArray) -> Iterator[tuple[int, int]]:
    """Row and column of every true cell, row by row."""
    rows, columns = np.nonzero(mask)
    return zip(rows.tolist(), columns.tolist(), strict=True)


def same_code(ours: Sequence[str], theirs: Sequence[str], n_digits: int) -> BoolArray:
    """Where the first `n_digits` of two region codes agree; a shorter code names no such region."""
    left, right = _heads(ours, n_digits), _heads(theirs, n_digits)
    agree: BoolArray = (left[:, None] == right[None, :]) & (left[:, None] >= 0)
    return agree


def _heads(codes: Sequence[str], n_digits: int) -> IntArray:
    return np.array([int(code[:n_digits]) if len(code) >= n_digits else -1 for code in codes], dtype=np.int64)
