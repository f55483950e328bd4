"""Couples: two people who are placed together, in the same region, or not both in certain posts."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.side_rules.rows import (
    RowBlock,
    Rule,
    RuleValue,
    require,
    require_labels,
    require_length,
)


@dataclass(frozen=True, eq=False)
class BothOrNeither(Rule):
    """Either both of `first[c]` and `second[c]` (people) are placed, or neither."""

    first: IntArray
    second: IntArray

    def check(self, n_people: int, places: IntArray) -> None:  # noqa: ARG002 -- one signature for all rules
        """Raise `BadRuleError` when the couples do not fit."""
        require_couples(self.first, self.second, n_people, "both or neither")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:  # noqa: ARG002 -- one signature for all rules
        """One row per couple: placed alike."""
        row, arc = pairs_of(self.first, person)
        row_second, arc_second = pairs_of(self.second, person)
        return RowBlock(
            row=np.concatenate((row, row_second)),
            arc=np.concatenate((arc, arc_second)),
            coefficient=np.repeat((1.0, -1.0), (len(arc), len(arc_second))),
            lower=np.zeros(len(self.first)),
            upper=np.zeros(len(self.first)),
            names=tuple(f"couple {c}: both or neither" for c in range(len(self.first))),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:  # noqa: ARG002 -- one signature for all rules
        """How many of each couple are placed, where one is."""
        return [RuleValue(n or None, 2, 2, n, n) for n in n_placed(self.first, self.second, person)]


@dataclass(frozen=True, eq=False)
class NotBothIn(Rule):
    """At most one of `first[c]` and `second[c]` is placed in the marked `posts` (n_posts,), such as villages."""

    first: IntArray
    second: IntArray
    posts: BoolArray

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when couples or marks do not fit."""
        require_couples(self.first, self.second, n_people, "not both in")
        require_length(self.posts, len(places), "not both in", "posts")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """One row per couple: pairs of either in the marked posts count one each."""
        both = [pairs_of(people, person) for people in (self.first, self.second)]
        row, arc = (np.concatenate(parts) for parts in zip(*both, strict=True))
        marked = self.posts[post[arc]]
        return RowBlock(
            row=row[marked],
            arc=arc[marked],
            coefficient=np.ones(int(marked.sum())),
            lower=np.full(len(self.first), -np.inf),
            upper=np.ones(len(self.first)),
            names=tuple(f"couple {c}: not both in these posts" for c in range(len(self.first))),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """How many of each couple are placed in the marked posts."""
        anywhere = n_placed(self.first, self.second, person)
        there = n_placed(self.first, self.second, person[self.posts[post]])
        return [RuleValue(k, None, 1, n, k) for n, k in zip(anywhere, there, strict=True)]


@dataclass(frozen=True, eq=False)
class SameRegion(Rule):
    """When both of `first[c]` and `second[c]` are placed, then in the same region; every post has a region ≥ 0."""

    first: IntArray
    second: IntArray
    region: IntArray

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when couples or labels do not fit."""
        require_couples(self.first, self.second, n_people, "same region")
        n_regions = int(self.region.max(initial=-1)) + 1
        require_labels(self.region, len(places), n_regions, "same region", "region")
        require(bool((self.region >= 0).all()), "same region", "every post must have a region")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """Per couple and region r: first in r, and second outside r, count one each; at most one."""
        n_regions = int(self.region.max(initial=-1)) + 1
        couple, arc = pairs_of(self.first, person)
        other, other_arc = pairs_of(self.second, person)
        here = self.region[post[other_arc]]
        outside = [(other[here != r] * n_regions + r, other_arc[here != r]) for r in range(n_regions)]
        row = np.concatenate((couple * n_regions + self.region[post[arc]], *(rows for rows, _ in outside)))
        return RowBlock(
            row=row,
            arc=np.concatenate((arc, *(arcs for _, arcs in outside))),
            coefficient=np.ones(len(row)),
            lower=np.full(len(self.first) * n_regions, -np.inf),
            upper=np.ones(len(self.first) * n_regions),
            names=tuple(
                f"couple {c}: same region {r}" for c in range(len(self.first)) for r in range(n_regions)
            ),
            part=np.repeat(np.arange(len(self.first)), n_regions),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """In how many regions each couple is, where both are placed."""
        region_of = dict(zip(person.tolist(), self.region[post].tolist(), strict=True))
        found = []
        for couple in zip(self.first.tolist(), self.second.tolist(), strict=True):
            regions = [region_of[one] for one in couple if one in region_of]
            found.append(
                RuleValue(len(set(regions)) if len(regions) == len(couple) else None, None, 1, len(regions))
            )
        return found


def require_couples(first: IntArray, second: IntArray, n_people: int, rule: str) -> None:
    """Couples are two arrays of different people."""
    require_length(second, len(first), rule, "second")
    everyone = np.concatenate((first, second))
    require(bool(((everyone >= 0) & (everyone < n_people)).all()), rule, f"people lie in 0 … {n_people - 1}")
    require(bool((first != second).all()), rule, "no one is a couple with themselves")


def n_placed(first: IntArray, second: IntArray, person: IntArray) -> list[int]:
    """How many of each couple are among the people placed."""
    counts: list[int] = (np.isin(first, person).astype(np.int64) + np.isin(second, person)).tolist()
    return counts


def pairs_of(people: IntArray, person: IntArray) -> tuple[IntArray, IntArray]:
    """For every listed person, in any order: the position in the list, and the pairs of that person."""
    order = np.argsort(person, kind="stable")
    start = np.searchsorted(person[order], people, side="left")
    stop = np.searchsorted(person[order], people, side="right")
    position = np.repeat(np.arange(len(people)), stop - start)
    within = np.arange(len(position)) - np.repeat(np.cumsum(stop - start) - (stop - start), stop - start)
    return position, order[np.repeat(start, stop - start) + within]
