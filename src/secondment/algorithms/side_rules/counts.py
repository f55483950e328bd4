"""Caps of home units, and counts and shares of an attribute by region."""

from dataclasses import dataclass, replace

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.algorithms.side_rules.rows import (
    ROUNDING,
    RowBlock,
    Rule,
    RuleValue,
    count_labels,
    require,
    require_labels,
    require_length,
)


@dataclass(frozen=True, eq=False)
class GroupCaps(Rule):
    """At most `cap[g]` people of group g are placed; `group` (n_people,) is −1 for people in none."""

    group: IntArray
    cap: IntArray

    def check(self, n_people: int, places: IntArray) -> None:  # noqa: ARG002 -- one signature for all rules
        """Raise `BadRuleError` when labels or caps do not fit."""
        require_labels(self.group, n_people, len(self.cap), "group caps", "group")
        require(bool((self.cap >= 0).all()), "group caps", "`cap` must not be negative")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:  # noqa: ARG002 -- one signature for all rules
        """One row per group: its pairs count one each."""
        label = self.group[person]
        arc = np.flatnonzero(label >= 0)
        n_groups = len(self.cap)
        return RowBlock(
            row=label[arc],
            arc=arc,
            coefficient=np.ones(len(arc)),
            lower=np.full(n_groups, -np.inf),
            upper=self.cap.astype(np.float64),
            names=tuple(f"cap of group {g}" for g in range(n_groups)),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:  # noqa: ARG002 -- one signature for all rules
        """People placed of each group."""
        placed = count_labels(self.group[person], len(self.cap)).tolist()
        return [
            RuleValue(n, most=most, n_placed=n) for n, most in zip(placed, self.cap.tolist(), strict=True)
        ]


@dataclass(frozen=True, eq=False)
class RegionCounts(Rule):
    """Between `least[r]` and `most[r]` people with the attribute are placed in region r.

    `region` (n_posts,) is −1 for posts in none; `has` (n_people,) marks the attribute. A lower count binds even when
    the region is otherwise empty; a locked pair is the count 1 … 1 of one person in a region of one post.
    """

    region: IntArray
    has: BoolArray
    least: IntArray
    most: IntArray

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when labels, attribute or counts do not fit."""
        require_labels(self.region, len(places), len(self.least), "region counts", "region")
        require_length(self.has, n_people, "region counts", "has")
        require_length(self.most, len(self.least), "region counts", "most")
        ordered = bool((self.least >= 0).all() and (self.least <= self.most).all())
        require(ordered, "region counts", "0 ≤ `least` ≤ `most` must hold")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """One row per region: pairs with the attribute count one each."""
        label = self.region[post]
        arc = np.flatnonzero((label >= 0) & self.has[person])
        return RowBlock(
            row=label[arc],
            arc=arc,
            coefficient=np.ones(len(arc)),
            lower=self.least.astype(np.float64),
            upper=self.most.astype(np.float64),
            names=tuple(f"count in region {r}" for r in range(len(self.least))),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """People with the attribute in each region."""
        placed, having = placed_and_having(self.region[post], self.has[person], len(self.least))
        rows = zip(placed, having, self.least.tolist(), self.most.tolist(), strict=True)
        return [RuleValue(k, least, most, n, k) for n, k, least, most in rows]


class Filled(RegionCounts):
    """Every place of the posts in region 0 is filled."""

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """Places filled; more than there are is impossible, so only the lower limit is reported."""
        return [replace(one, most=None) for one in super().rule_values(person, post)]


@dataclass(frozen=True, eq=False)
class RegionShares(Rule):
    """Of those placed in region r, between `least[r]` and `most[r]` (shares 0–1) have the attribute.

    `region` (n_posts,) is −1 for posts in none; `has` (n_people,) marks the attribute. An empty region keeps the rule.
    """

    region: IntArray
    has: BoolArray
    least: FloatArray
    most: FloatArray

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when labels, attribute or shares do not fit."""
        require_labels(self.region, len(places), len(self.least), "region shares", "region")
        require_length(self.has, n_people, "region shares", "has")
        require_length(self.most, len(self.least), "region shares", "most")
        ordered = bool((self.least >= 0).all() and (self.least <= self.most).all() and (self.most <= 1).all())
        require(ordered, "region shares", "0 ≤ `least` ≤ `most` ≤ 1 must hold")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """Two rows per region: with the attribute less share × all, against the lower and the upper share."""
        label = self.region[post]
        arc = np.flatnonzero(label >= 0)
        at, has = label[arc], self.has[person[arc]].astype(np.float64)
        n_regions = len(self.least)
        return RowBlock(
            row=np.concatenate((at, at + n_regions)),
            arc=np.concatenate((arc, arc)),
            coefficient=np.concatenate((has - self.least[at], has - self.most[at])),
            lower=np.repeat((0.0, -np.inf), n_regions),
            upper=np.repeat((np.inf, 0.0), n_regions),
            names=tuple(f"{end} share in region {r}" for end in ("least", "most") for r in range(n_regions)),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """The share of those with the attribute in each region that is not empty."""
        placed, having = placed_and_having(self.region[post], self.has[person], len(self.least))
        rows = zip(placed, having, self.least.tolist(), self.most.tolist(), strict=True)
        return [RuleValue(k / n if n else None, least, most, n, k) for n, k, least, most in rows]

    def when_full(self, places: IntArray) -> Rule:
        """Integer counts, because the number of people in each region is then known."""
        n_placed = np.zeros(len(self.least))
        inside = self.region >= 0
        np.add.at(n_placed, self.region[inside], places[inside])
        least = np.ceil(self.least * n_placed - ROUNDING).astype(np.int64)
        most = np.floor(self.most * n_placed + ROUNDING).astype(np.int64)
        return RegionCounts(self.region, self.has, least, most)


def placed_and_having(label: IntArray, has: BoolArray, n_labels: int) -> tuple[list[int], list[int]]:
    """People placed under each label, and those of them who have the attribute; both arrays are by placed pair."""
    return count_labels(label, n_labels).tolist(), count_labels(label[has], n_labels).tolist()
