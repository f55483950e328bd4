"""Why a person cannot have a post: the fewest rules that exclude it together, and the least that would have to give way.

Findings against the pair, a prohibition, a post without a place and a lock of the person elsewhere each exclude it alone. Locks
that fill the post, and locks that use up a release cap, exclude it together: any one of them may give way. With side rules, a
search asks which of them, of the locks and of the caps cannot hold together with the pair, gives up what meets every such set
with as few as possible, and asks again until the rest can hold (implicit hitting sets, as in `algorithms.side_rules.conflict`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from secondment.algorithms.arrays import BoolArray
from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.counts import GroupCaps, RegionCounts
from secondment.algorithms.side_rules.problem import SideRuleProblem
from secondment.algorithms.side_rules.rows import Rule
from secondment.matching.side_rules.kinds import rule_of
from secondment.matching.snapshot import Snapshot

SECONDS = 10.0


class Kind(Enum):
    """What stands between a person and a post."""

    FINDING = "finding"
    FORBIDDEN = "forbidden"
    NO_PLACE = "no_place"
    LOCK = "lock"
    CAP = "cap"
    SIDE_RULE = "side_rule"


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands between; `at` is the finding's number, the locked pair, the group or the rule's position."""

    kind: Kind
    at: int | Pair | None = None


@dataclass(frozen=True)
class Verdict:
    """What excludes a pair.

    `smallest` are as few obstacles as exclude it together, `relaxed` as few as would have to give way; both are empty when
    the pair is possible. `is_proven` is False when time ran out.
    """

    smallest: tuple[Obstacle, ...] = ()
    relaxed: tuple[Obstacle, ...] = ()
    is_proven: bool = True

    @property
    def is_possible(self) -> bool:
        """Whether some plan that keeps everything has the pair."""
        return not self.smallest and self.is_proven


def verdict_on(
    snapshot: Snapshot, problem: AssignmentProblem, pair: Pair, n_findings: int, *, seconds: float = SECONDS
) -> Verdict:
    """What excludes a pair of rows against which there are so many findings that block it."""
    found = _Looking(snapshot, problem, pair)
    conflicts: list[tuple[Obstacle, ...]] = [
        (Obstacle(Kind.FINDING, number),) for number in range(n_findings)
    ]
    conflicts += found.plain()
    is_proven = True
    if snapshot.side_rules:
        is_proven = found.search(conflicts, Clock(seconds))
    if not conflicts:
        return Verdict(is_proven=is_proven)
    return Verdict(min(conflicts, key=len), tuple(_relaxation(conflicts)), is_proven)


class _Looking:
    """One pair of rows in one run."""

    def __init__(self, snapshot: Snapshot, problem: AssignmentProblem, pair: Pair) -> None:
        self.snapshot, self.problem = snapshot, problem
        self.person, self.post = pair
        self.locks = [one for one in snapshot.locked if one != pair]
        self.group = int(problem.group[self.person])

    def plain(self) -> list[tuple[Obstacle, ...]]:
        """Sets that exclude the pair whatever the side rules."""
        here = [one for one in self.locks if one[1] == self.post]
        places = int(self.problem.capacity[self.post])
        found: list[tuple[Obstacle, ...]] = []
        if (self.person, self.post) in self.snapshot.forbidden:
            found.append((Obstacle(Kind.FORBIDDEN),))
        if not places:
            found.append((Obstacle(Kind.NO_PLACE),))
        found += [(Obstacle(Kind.LOCK, one),) for one in self.locks if one[0] == self.person]
        if places and len(here) >= places:
            found.append(tuple(Obstacle(Kind.LOCK, one) for one in here))
        if self.group != NO_GROUP:
            sent = [
                one
                for one in self.locks
                if one[0] != self.person and int(self.problem.group[one[0]]) == self.group
            ]
            if len(sent) >= int(self.problem.cap[self.group]):
                found.append((Obstacle(Kind.CAP, self.group), *(Obstacle(Kind.LOCK, one) for one in sent)))
        return found

    def search(self, conflicts: list[tuple[Obstacle, ...]], clock: Clock) -> bool:
        """Add the sets that only the side rules explain; whether the rest is proven to hold together."""
        from secondment.algorithms.side_rules.conflict import ConflictStatus, find_conflict

        while True:
            given_up = set(_relaxation(conflicts)) if conflicts else set()
            demands, rules = self._demands(given_up)
            conflict = find_conflict(self._market(rules, given_up), seconds=max(clock.left(), 0.01))
            if conflict.status is ConflictStatus.NONE:
                return True
            owner = np.repeat(np.arange(len(rules)), conflict.n_parts)
            named = {self._obstacle(demands, owner, conflict.n_parts, one) for one in conflict.demands} - {
                None
            }
            if conflict.status is ConflictStatus.UNKNOWN or not named:
                return False
            conflicts.append(tuple(sorted((one for one in named if one), key=str)))

    def _demands(self, given_up: set[Obstacle]) -> tuple[list[Obstacle | None], list[Rule]]:
        """Every demand that is left with its rule; the pair itself comes first and caps (None) second."""
        only = np.full(self.problem.n_posts, NO_GROUP, dtype=np.int64)
        cap = np.array(
            [
                self.problem.n_people if Obstacle(Kind.CAP, group) in given_up else most
                for group, most in enumerate(self.problem.cap.tolist())
            ],
            dtype=np.int64,
        )
        demands: list[Obstacle | None] = [None, None]
        rules: list[Rule] = [
            self._exactly((self.person, self.post), only),
            GroupCaps(self.problem.group, cap),
        ]
        for obstacle, rule in self._further(only):
            if obstacle not in given_up:
                demands.append(obstacle)
                rules.append(rule)
        return demands, rules

    def _further(self, only: np.ndarray) -> list[tuple[Obstacle, Rule]]:
        locks = [(Obstacle(Kind.LOCK, one), self._exactly(one, only)) for one in self.locks]
        stated = [
            (Obstacle(Kind.SIDE_RULE, number), rule_of(rule, self.problem.n_people))
            for number, rule in enumerate(self.snapshot.side_rules)
        ]
        return [*locks, *stated]

    def _exactly(self, pair: Pair, nowhere: np.ndarray) -> Rule:
        """This person has this post."""
        region, has = nowhere.copy(), np.zeros(self.problem.n_people, dtype=bool)
        region[pair[1]], has[pair[0]] = 0, True
        return RegionCounts(region, has, np.ones(1, dtype=np.int64), np.ones(1, dtype=np.int64))

    def _obstacle(
        self, demands: Sequence[Obstacle | None], owner: np.ndarray, n_parts: Sequence[int], demand: int
    ) -> Obstacle | None:
        rule = int(owner[demand])
        if rule == 1:
            return Obstacle(Kind.CAP, demand - n_parts[0])
        return demands[rule]

    def _market(self, rules: Sequence[Rule], given_up: set[Obstacle]) -> SideRuleProblem:
        """All pairs but those that are ruled out, and the one that is asked about."""
        person, post = self.problem.person, self.problem.post
        allowed = ~self._is_one_of(self.snapshot.forbidden)
        asked = self._is_one_of([(self.person, self.post)])
        rows = np.flatnonzero(allowed & ~asked)
        capacity = self.problem.capacity.copy()
        if Obstacle(Kind.NO_PLACE) in given_up:
            capacity[self.post] = 1
        return SideRuleProblem(
            n_people=self.problem.n_people,
            n_posts=self.problem.n_posts,
            person=np.append(person[rows], self.person),
            post=np.append(post[rows], self.post),
            score=np.append(self.problem.score[rows], 0.0),
            capacity=capacity,
            rules=rules,
        )

    def _is_one_of(self, pairs: Sequence[Pair]) -> BoolArray:
        keys = [post * self.problem.n_people + person for person, post in pairs]
        return np.isin(self.problem.post * self.problem.n_people + self.problem.person, keys)


def _relaxation(conflicts: Sequence[tuple[Obstacle, ...]]) -> list[Obstacle]:
    """As few obstacles as meet every set."""
    from secondment.algorithms.side_rules.conflict import smallest_hitting_set

    known = list(dict.fromkeys(one for conflict in conflicts for one in conflict))
    sets = [np.array([one in conflict for one in known]) for conflict in conflicts]
    return [known[at] for at in np.flatnonzero(smallest_hitting_set(sets)).tolist()]
