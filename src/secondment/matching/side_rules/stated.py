"""A side rule as it goes into a run: over rows of people and posts, packed into JSON with the snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.assignment.problem import NO_GROUP, Pair
from secondment.matching.choices import SideRuleKind


@dataclass(frozen=True, eq=False)
class StatedRule:
    """One side rule of a run.

    Attributes
    ----------
    key : id of the rule as the campaign held it
    kind, values : what it asks, as stored
    names : team names or region names, one per group
    group : shape (n_posts,), the team or region of each post, -1 for none
    has : people (rows) who have the specialty or attribute
    couples : pairs of people (rows)
    of_person : what the kind must know of each person: group, weight, rank (0 the highest) or day of arrival
    of_post : what it must know of each post: places, or the day the predecessor leaves; -1 for none
    levels : names of the ranks, highest first
    """

    key: int
    kind: SideRuleKind
    values: Mapping[str, Any]
    names: tuple[str, ...]
    group: IntArray
    has: tuple[int, ...] = field(default=())
    couples: tuple[Pair, ...] = field(default=())
    of_person: tuple[float, ...] = field(default=())
    of_post: tuple[int, ...] = field(default=())
    levels: tuple[str, ...] = field(default=())

    @property
    def least(self) -> int:
        """The fewest people, or the smallest share in per cent."""
        return int(self.values.get("least") or 0)

    @property
    def most(self) -> int | None:
        """The most people, or the largest share in per cent; None for no upper limit."""
        most = self.values.get("most")
        return None if most is None else int(most)

    def marked(self, n_people: int) -> BoolArray:
        """Who has the attribute; shape (n_people,)."""
        has = np.zeros(n_people, dtype=bool)
        has[list(self.has)] = True
        return has

    @property
    def first(self) -> IntArray:
        """One of each couple."""
        return np.array([one for one, _other in self.couples], dtype=np.int64)

    @property
    def second(self) -> IntArray:
        """The other of each couple."""
        return np.array([other for _one, other in self.couples], dtype=np.int64)


def pack_rules(rules: Sequence[StatedRule]) -> list[dict[str, Any]]:
    """The rules as JSON."""
    return [
        {
            "key": rule.key,
            "kind": rule.kind.value,
            "values": dict(rule.values),
            "names": list(rule.names),
            "group": rule.group.tolist(),
            "has": list(rule.has),
            "couples": [list(pair) for pair in rule.couples],
            "of_person": list(rule.of_person),
            "of_post": list(rule.of_post),
            "levels": list(rule.levels),
        }
        for rule in rules
    ]


def unpack_rules(packed: Sequence[Mapping[str, Any]]) -> tuple[StatedRule, ...]:
    """The rules that `pack_rules` wrote."""
    return tuple(
        StatedRule(
            key=one["key"],
            kind=SideRuleKind(one["kind"]),
            values=one["values"],
            names=tuple(one["names"]),
            group=np.array(one["group"], dtype=np.int64),
            has=tuple(one["has"]),
            couples=tuple((first, second) for first, second in one["couples"]),
            of_person=tuple(one.get("of_person", ())),
            of_post=tuple(one.get("of_post", ())),
            levels=tuple(one.get("levels", ())),
        )
        for one in packed
    )


def in_no_group(n_posts: int) -> IntArray:
    """No post belongs to a group."""
    return np.full(n_posts, NO_GROUP, dtype=np.int64)
