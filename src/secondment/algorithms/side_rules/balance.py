"""Balance between regions, rank pyramids, and overlap with the one who leaves."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.side_rules.rows import (
    RowBlock,
    Rule,
    RuleValue,
    count_labels,
    require,
    require_labels,
    require_length,
)


@dataclass(frozen=True, eq=False)
class Balance(Rule):
    """The summed `weight` (n_people,) of those placed differs by at most `width` between any two regions.

    `region` (n_posts,) is −1 for posts in none; the regions are 0 … `n_regions` − 1.
    """

    region: IntArray
    n_regions: int
    weight: FloatArray
    width: float

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when labels, weights or width do not fit."""
        require_labels(self.region, len(places), self.n_regions, "balance", "region")
        require_length(self.weight, n_people, "balance", "weight")
        require(bool(np.isfinite(self.weight).all()), "balance", "`weight` must be finite numbers")
        require(bool(np.isfinite(self.width)) and self.width >= 0, "balance", "`width` must be ≥ 0")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """One row per region: its sum less a common centre lies in 0 … width."""
        label = self.region[post]
        arc = np.flatnonzero((label >= 0) & (self.weight[person] != 0))
        return RowBlock(
            row=label[arc],
            arc=arc,
            coefficient=self.weight[person[arc]].astype(np.float64),
            lower=np.zeros(self.n_regions),
            upper=np.full(self.n_regions, float(self.width)),
            names=tuple(f"balance of region {r}" for r in range(self.n_regions)),
            centred=True,
            part=np.zeros(self.n_regions, dtype=np.int64),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """The sum of each region, which has no separate limit, then the largest difference."""
        label = self.region[post]
        inside = label >= 0
        sums = np.bincount(label[inside], weights=self.weight[person[inside]], minlength=self.n_regions)
        width = float(np.ptp(sums)) if len(sums) else 0.0
        return [*map(RuleValue, sums.tolist()), RuleValue(width, most=self.width)]


@dataclass(frozen=True, eq=False)
class RankPyramid(Rule):
    """In every region, those of rank k number at most `ratio` times those of rank k + 1.

    `rank` (n_people,) runs from 0 (highest) to `n_ranks` − 1; `region` (n_posts,) is −1 for posts in none.
    """

    region: IntArray
    n_regions: int
    rank: IntArray
    n_ranks: int
    ratio: float = 1.0

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when labels, ranks or ratio do not fit."""
        require_labels(self.region, len(places), self.n_regions, "rank pyramid", "region")
        require_labels(self.rank, n_people, self.n_ranks, "rank pyramid", "rank")
        require(bool((self.rank >= 0).all()), "rank pyramid", "everyone must have a rank")
        require(bool(np.isfinite(self.ratio)) and self.ratio >= 0, "rank pyramid", "`ratio` must be ≥ 0")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """Per region and rank k above the lowest: rank k less ratio × rank k + 1 is at most 0."""
        label, rank = self.region[post], self.rank[person]
        n_steps = self.n_ranks - 1
        upper = np.flatnonzero((label >= 0) & (rank < n_steps))
        lower = np.flatnonzero((label >= 0) & (rank > 0))
        n_rows = self.n_regions * n_steps
        return RowBlock(
            row=np.concatenate(
                (label[upper] * n_steps + rank[upper], label[lower] * n_steps + rank[lower] - 1)
            ),
            arc=np.concatenate((upper, lower)),
            coefficient=np.repeat((1.0, -float(self.ratio)), (len(upper), len(lower))),
            lower=np.full(n_rows, -np.inf),
            upper=np.zeros(n_rows),
            names=tuple(
                f"ranks {k} and {k + 1} in region {r}" for r in range(self.n_regions) for k in range(n_steps)
            ),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """Per region and rank above the lowest: its people, against the ratio to those of the rank below."""
        at = self.region[post]
        cell = np.where(at >= 0, at * self.n_ranks + self.rank[person], -1)
        held = count_labels(cell, self.n_regions * self.n_ranks).reshape(-1, self.n_ranks).tolist()
        return [
            RuleValue(upper, most=self.ratio * lower) for ranks in held for upper, lower in pairwise(ranks)
        ]


@dataclass(frozen=True, eq=False)
class SuccessorOverlap(Rule):
    """Of the handed-over posts that are filled, at least `least_share` get a successor who overlaps `days` days.

    `available_on` (n_people,) and `leaves_on` (n_posts,) are day numbers; `leaves_on` is −1 where no one leaves. The
    successor overlaps enough when available_on + days ≤ leaves_on (half-open: leaves_on is the first day without the
    predecessor).
    """

    available_on: IntArray
    leaves_on: IntArray
    days: int
    least_share: float = 1.0

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when days or share do not fit."""
        require_length(self.available_on, n_people, "successor overlap", "available_on")
        require_length(self.leaves_on, len(places), "successor overlap", "leaves_on")
        require(self.days >= 0, "successor overlap", "`days` must be ≥ 0")
        require(0 <= self.least_share <= 1, "successor overlap", "`least_share` must lie in 0 … 1")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """One row: overlapping pairs less share × all pairs of handed-over posts is at least 0."""
        arc = np.flatnonzero(self.leaves_on[post] >= 0)
        overlaps = self.available_on[person[arc]] + self.days <= self.leaves_on[post[arc]]
        return RowBlock(
            row=np.zeros(len(arc), dtype=np.int64),
            arc=arc,
            coefficient=overlaps.astype(np.float64) - self.least_share,
            lower=np.zeros(1),
            upper=np.full(1, np.inf),
            names=("overlap of successors",),
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """The share of the successors who overlap, where posts are handed over."""
        leaves = self.leaves_on[post]
        handed = leaves >= 0
        n, k = int(handed.sum()), int((handed & (self.available_on[person] + self.days <= leaves)).sum())
        return [RuleValue(k / n if n else None, self.least_share, None, n, k)]
