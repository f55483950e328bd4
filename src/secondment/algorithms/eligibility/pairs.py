"""Persons and posts side by side: columns compared at once, and only the pairs that match looked at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.eligibility.facts import PersonFacts, PostFacts, Term
from secondment.algorithms.eligibility.findings import Finding
from secondment.algorithms.eligibility.settings import RuleSettings

Mask = NDArray[np.bool_]
Values = Callable[[PersonFacts, PostFacts], dict[str, object]]


@dataclass(frozen=True)
class Pairs:
    """All persons and all posts of one check."""

    people: Sequence[PersonFacts]
    posts: Sequence[PostFacts]
    term: Term
    rules: RuleSettings

    def findings(self, rule: str, fact: str, broken: Mask, values: Values) -> Iterator[Finding]:
        """A finding for every true cell of `broken` (shape: persons × posts)."""
        result = self.rules.result_of(rule)
        for person, post in hits(broken):
            yield Finding(rule, person, result, fact, values(self.people[person], self.posts[post]), post)


def hits(mask: Mask) -> Iterator[tuple[int, int]]:
    """Row and column of every true cell, row by row."""
    rows, columns = np.nonzero(mask)
    return zip(rows.tolist(), columns.tolist(), strict=True)


def same_code(ours: Sequence[str], theirs: Sequence[str], n_digits: int) -> Mask:
    """Where the first `n_digits` of two region codes agree; a shorter code names no such region."""
    left, right = _heads(ours, n_digits), _heads(theirs, n_digits)
    agree: Mask = (left[:, None] == right[None, :]) & (left[:, None] >= 0)
    return agree


def _heads(codes: Sequence[str], n_digits: int) -> NDArray[np.int64]:
    return np.array([int(code[:n_digits]) if len(code) >= n_digits else -1 for code in codes], dtype=np.int64)
