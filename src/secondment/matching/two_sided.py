"""The plans between which a campaign may choose: the best total, and three without a pair that would rather have each other.

People rank the posts they wished for; all other posts are equal to them, and any post is better than none. A post ranks the
people its host named, then everybody else by fit. Where two posts are equal to somebody the one that fits better is tried
first, then the lot of the run decides.

Locks stay, and nobody goes where they are ruled out. Deferred acceptance knows no release caps: while a home unit releases too
many, those of them who fit their places least are withdrawn and the plan is made again. Priorities and side rules are not
kept; `broken` and `n_by_priority` say how far.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem
from secondment.algorithms.assignment.network import Reduced, reduce_problem
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.fit import COMPONENTS
from secondment.algorithms.stable_matching.deferred_acceptance import (
    Preferences,
    Side,
    blocking_pairs,
    deferred_acceptance,
)
from secondment.matching.choices import Principle
from secondment.matching.side_rules.kinds import rule_values_of
from secondment.matching.side_rules.stated import StatedRule
from secondment.matching.snapshot import Snapshot

STEPS = 10**6
UNNAMED = 1000
"""The tier of everything that is not on a list; places on lists are 0 … 999."""
LOTS = 1000
EFFORT = 2.0
FAR = 0.5
"""Nearness below this is another city."""


@dataclass(frozen=True)
class Blocking:
    """Two who would rather have each other: rows of person and post, whom the post would give up (None: an empty place).

    `by_cap`: only the release cap of the home unit stands between them.
    """

    person: int
    post: int
    gives_up: int | None
    by_cap: bool


@dataclass(frozen=True, eq=False)
class Plan:
    """One of the plans: rows of its pairs in the problem, ascending; `is_largest` when no stable plan places more people."""

    principle: Principle
    rows: IntArray
    is_largest: bool = False


class TwoSided:
    """The two-sided market of one run."""

    def __init__(self, snapshot: Snapshot, weights: Mapping[str, float], seed: int) -> None:
        self.snapshot, self.seed = snapshot, seed
        self.problem: AssignmentProblem = snapshot.problem(weights)
        self.reduced: Reduced = reduce_problem(self.problem)
        self._known: dict[Principle, Plan] = {}

    def plan(self, principle: Principle, optimum: tuple[Pair, ...]) -> Plan:
        """The plan of this principle; the best total is the run's own, `optimum`."""
        if principle == Principle.BEST_TOTAL:
            rows = [self.problem.arc_of(pair) for pair in optimum]
            return Plan(
                principle, np.sort(np.array([row for row in rows if row is not None], dtype=np.int64))
            )
        if principle == Principle.LARGEST_STABLE:
            return self._largest(len(optimum))
        return self._stable(principle)

    def blocking(self, plan: Plan) -> Iterator[Blocking]:
        """Everybody who would leave the plan for one another, by post, then person."""
        free = self._free_rows
        market = self._market(free, is_strict=False)
        chosen = np.flatnonzero(np.isin(free, plan.rows))
        people_of: dict[int, list[int]] = {}
        for row in chosen.tolist():
            people_of.setdefault(int(market.post[row]), []).append(row)
        full = self.n_released(plan) >= self.problem.cap
        placed = set(self.problem.person[plan.rows].tolist())
        for row in blocking_pairs(market, chosen).tolist():
            person, post = int(market.person[row]), int(market.post[row])
            held = people_of.get(post, [])
            has_room = len(held) < market.places[post]
            worst = None if has_room else max(held, key=lambda one: (market.post_rank[one], one))
            gives_up = None if worst is None else int(market.person[worst])
            yield Blocking(
                person, post, gives_up, person not in placed and self._is_by_cap(full, person, gives_up)
            )

    def standing(self, row: int) -> tuple[int, int]:
        """How far down the lists of person and post the pair of this row stands; equals are settled as in the plans."""
        by_person, by_post = self._ranks
        listed = 0 if self._is_listed[row] else int(self._behind[row])
        return int(by_person[row]), int(by_post[row]) * STEPS + listed

    def broken(self, plan: Plan) -> list[StatedRule]:
        """Side rules of the run that the plan does not keep."""
        pairs = dict(
            zip(self.problem.person[plan.rows].tolist(), self.problem.post[plan.rows].tolist(), strict=True)
        )
        return [
            rule
            for rule in self.snapshot.side_rules
            if not all(one.is_kept for one in rule_values_of(rule, pairs))
        ]

    def n_released(self, plan: Plan) -> IntArray:
        """People of each capped home unit in the plan."""
        groups = self.problem.group[self.problem.person[plan.rows]]
        return np.bincount(groups[groups != NO_GROUP], minlength=len(self.problem.cap))

    @cached_property
    def _free_rows(self) -> IntArray:
        """Pairs that neither locks nor prohibitions decide."""
        return self.reduced.rows

    def _stable(self, principle: Principle) -> Plan:
        if principle not in self._known:
            side = Side.PEOPLE if principle == Principle.STABLE_PEOPLE else Side.POSTS
            rows = self._within_caps(lambda market: deferred_acceptance(market, side), is_strict=True)
            self._known[principle] = Plan(principle, rows)
        return self._known[principle]

    def _largest(self, most: int) -> Plan:
        """No plan places more than the best one: a stable plan as large is proven largest."""
        from secondment.algorithms.stable_matching.largest import (
            MOST_EXACT_ARCS,
            StableStatus,
            largest_stable_plan,
        )

        plan = max(
            (self._stable(side) for side in (Principle.STABLE_PEOPLE, Principle.STABLE_POSTS)),
            key=lambda one: len(one.rows),
        )
        is_largest = len(plan.rows) >= most
        if not is_largest and len(self._free_rows) <= MOST_EXACT_ARCS:
            proven: list[bool] = []

            def search(market: Preferences) -> IntArray:
                found = largest_stable_plan(market, effort=EFFORT)
                proven.append(found.status is StableStatus.LARGEST)
                return found.chosen

            rows = self._within_caps(search, is_strict=False)
            plan = replace(plan, rows=max(rows, plan.rows, key=len))
            is_largest = proven == [True]
        return replace(plan, principle=Principle.LARGEST_STABLE, is_largest=is_largest)

    def _within_caps(self, solve: Callable[[Preferences], IntArray], *, is_strict: bool) -> IntArray:
        """The plan that `solve` finds once as few people as needed are withdrawn for the caps; with the locked pairs."""
        network = self.reduced.network
        rows = self._free_rows
        while True:
            chosen = rows[solve(self._market(rows, is_strict=is_strict))]
            withdrawn = self._beyond_caps(chosen, network.cap)
            if not withdrawn.any():
                return np.sort(np.concatenate((self.reduced.locked_rows, chosen)))
            rows = rows[~withdrawn[self.problem.person[rows]]]

    def _beyond_caps(self, chosen: IntArray, cap: IntArray) -> BoolArray:
        """Of each home unit the people placed beyond its cap, those who fit their posts least; shape (n_people,)."""
        person = self.problem.person[chosen]
        order = np.lexsort((person, -self.problem.score[chosen], self.problem.group[person]))
        group = self.problem.group[person][order]
        place = np.arange(len(order)) - np.searchsorted(group, group)
        is_over = (group != NO_GROUP) & (place >= np.append(cap, 0)[group])
        withdrawn = np.zeros(self.problem.n_people, dtype=bool)
        withdrawn[person[order][is_over]] = True
        return withdrawn

    def _market(self, rows: IntArray, *, is_strict: bool) -> Preferences:
        """Who would go where and take whom among these pairs; strict where ties are settled by fit and lot."""
        by_person, by_post = self._ranks
        settled = self._settled if is_strict else (np.where(self._is_listed, 0, self._behind)) * LOTS
        own = by_person * STEPS * LOTS
        return Preferences(
            self.problem.n_people,
            self.problem.n_posts,
            self.problem.person[rows],
            self.problem.post[rows],
            (own + self._settled if is_strict else own)[rows],
            (by_post * STEPS * LOTS + settled)[rows],
            self.reduced.network.slots,
        )

    @cached_property
    def _ranks(self) -> tuple[IntArray, IntArray]:
        """Tiers of the lists of people and of hosts, 0 first, `UNNAMED` for everything else."""
        return self._tier("person_preference"), self._tier("host_preference")

    @cached_property
    def _is_listed(self) -> BoolArray:
        return np.asarray(self._ranks[1] < UNNAMED)

    @cached_property
    def _behind(self) -> IntArray:
        """How far each fit is behind the highest possible, in millionths."""
        return np.rint((1 - self.problem.score) * (STEPS - 1)).astype(np.int64)

    @cached_property
    def _settled(self) -> IntArray:
        """What settles ties: fit, then the run's lot."""
        lots = self.snapshot.order(self.seed).lots(0, self.problem.person, self.problem.post, LOTS)
        return self._behind * LOTS + lots

    def _tier(self, name: str) -> IntArray:
        value = np.nan_to_num(self.snapshot.admissible.components[:, COMPONENTS.index(name)])
        return np.where(value > 0, np.rint((1 - value) * (UNNAMED - 1)), UNNAMED).astype(np.int64)

    def _is_by_cap(self, is_full: BoolArray, person: int, gives_up: int | None) -> bool:
        """Whether the home unit would release one more than it may, nobody of it giving up a place in exchange."""
        group = int(self.problem.group[person])
        is_exchange = gives_up is not None and int(self.problem.group[gives_up]) == group
        return group != NO_GROUP and not is_exchange and bool(is_full[group])


@dataclass(frozen=True)
class Hardship:
    """People for whom a plan is hard: far although they asked to be near, or at a post they did not wish for.

    Only people who said so are counted; `n` are those to whom either happens.
    """

    n: int
    n_far: int
    n_unwished: int


def hardship_of(components: FloatArray) -> Hardship:
    """Hardship among pairs (n_pairs, 9) with their components, NaN where nothing was said."""
    far, unwished = is_hard(components)
    return Hardship(int((far | unwished).sum()), int(far.sum()), int(unwished.sum()))


def is_hard(components: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Which pairs are far although nearness was asked for, and which are at a post that was not wished for."""
    nearness = components[:, COMPONENTS.index("distance")]
    wish = components[:, COMPONENTS.index("person_preference")]
    return nearness < FAR, wish == 0
