"""Teams: posts that together need so many people with a skill, or are filled all or none."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.side_rules.counts import RegionCounts, placed_and_having
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
class TeamSkills(Rule):
    """A team that is sent at all holds at least `needed[t]` people with the skill.

    `team` (n_posts,) is −1 for posts in no team; `has` (n_people,) marks the skill. Several skills are several rules.
    A team no post of which is filled keeps the rule.
    """

    team: IntArray
    has: BoolArray
    needed: IntArray

    def check(self, n_people: int, places: IntArray) -> None:
        """Raise `BadRuleError` when labels, skill or needs do not fit."""
        require_labels(self.team, len(places), len(self.needed), "team skills", "team")
        require_length(self.has, n_people, "team skills", "has")
        require(bool((self.needed >= 0).all()), "team skills", "`needed` must not be negative")
        require_single(places, self.team, "team skills")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:
        """One row per team post: skilled people in its team ≥ needed × (the post is filled)."""
        seats = np.flatnonzero(self.team >= 0)
        skilled = np.flatnonzero((self.team[post] >= 0) & self.has[person])
        members = [np.flatnonzero(self.team == t) for t in range(len(self.needed))]
        row_of_post = np.full(len(self.team), -1, dtype=np.int64)
        row_of_post[seats] = np.arange(len(seats))
        spread_row, spread_arc = _to_every_post_of_team(
            skilled, self.team[post[skilled]], members, row_of_post
        )
        own = np.flatnonzero(self.team[post] >= 0)
        return RowBlock(
            row=np.concatenate((spread_row, row_of_post[post[own]])),
            arc=np.concatenate((spread_arc, own)),
            coefficient=np.concatenate((np.ones(len(spread_arc)), -self.needed[self.team[post[own]]])),
            lower=np.zeros(len(seats)),
            upper=np.full(len(seats), np.inf),
            names=tuple(f"skills of team {self.team[i]}, post {i}" for i in seats),
            part=self.team[seats],
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:
        """Skilled people in each team that is sent."""
        placed, having = placed_and_having(self.team[post], self.has[person], len(self.needed))
        rows = zip(placed, having, self.needed.tolist(), strict=True)
        return [RuleValue(k if n else None, least, None, n, k) for n, k, least in rows]

    def when_full(self, places: IntArray) -> Rule:
        """One count per team instead of one row per post."""
        size = np.bincount(self.team[(self.team >= 0) & (places > 0)], minlength=len(self.needed))
        return RegionCounts(self.team, self.has, self.needed, size)


@dataclass(frozen=True, eq=False)
class WholeTeams(Rule):
    """The posts of a team are all filled or all left empty; `team` (n_posts,) is −1 for posts in no team."""

    team: IntArray

    def check(self, n_people: int, places: IntArray) -> None:  # noqa: ARG002 -- one signature for all rules
        """Raise `BadRuleError` when labels do not fit."""
        require_labels(self.team, len(places), len(places), "complete teams", "team")
        require_single(places, self.team, "complete teams")

    def rows(self, person: IntArray, post: IntArray) -> RowBlock:  # noqa: ARG002 -- one signature for all rules
        """One row per pair of neighbouring posts in a team: filled alike."""
        seats = np.flatnonzero(self.team >= 0)
        seats = seats[np.argsort(self.team[seats], kind="stable")]
        first = np.flatnonzero(self.team[seats][:-1] == self.team[seats][1:])
        row_as_left = np.full(len(self.team), -1, dtype=np.int64)
        row_as_right = row_as_left.copy()
        row_as_left[seats[first]] = np.arange(len(first))
        row_as_right[seats[first + 1]] = np.arange(len(first))
        left, right = np.flatnonzero(row_as_left[post] >= 0), np.flatnonzero(row_as_right[post] >= 0)
        return RowBlock(
            row=np.concatenate((row_as_left[post[left]], row_as_right[post[right]])),
            arc=np.concatenate((left, right)),
            coefficient=np.repeat((1.0, -1.0), (len(left), len(right))),
            lower=np.zeros(len(first)),
            upper=np.zeros(len(first)),
            names=tuple(f"team {self.team[seats[k]]} complete" for k in first),
            part=self.team[seats[first]],
        )

    def rule_values(self, person: IntArray, post: IntArray) -> list[RuleValue]:  # noqa: ARG002 -- one signature for all rules
        """Posts filled of each team that is sent; all of them are wanted."""
        size = count_labels(self.team, 0)
        filled = count_labels(self.team[post], len(size))
        rows = zip(filled.tolist(), size.tolist(), strict=True)
        return [RuleValue(n or None, n_posts, n_posts, n, n) for n, n_posts in rows]


def require_single(places: IntArray, team: IntArray, rule: str) -> None:
    """Posts in a team have one place each."""
    require(bool((places[team >= 0] <= 1).all()), rule, "posts in a team must have one place each")


def _to_every_post_of_team(
    arc: IntArray, team: IntArray, members: list[IntArray], row_of_post: IntArray
) -> tuple[IntArray, IntArray]:
    """Repeat each pair once per post of its team: the rows of those posts, and the pairs."""
    rows = [np.tile(row_of_post[posts], int((team == t).sum())) for t, posts in enumerate(members)]
    arcs = [np.repeat(arc[team == t], len(posts)) for t, posts in enumerate(members)]
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate((empty, *rows)), np.concatenate((empty, *arcs))
