"""Why a person cannot have a post: the fewest rules that exclude it together, and the least that would have to give way.

Findings against the pair, a prohibition, a post without a place and a lock of the person elsewhere each exclude it alone. Locks
that fill the post, and locks that use up a release cap, exclude it together: any one of them may give way. With side rules, a
search asks which of them, of the locks and of the caps cannot hold together with the pair, gives up what meets every such set
with as few as possible, and asks again until the rest can hold (implicit hitting sets, as in `algorithms.side_rules.conflict`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

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

# Within a request: so many questions to the solver in all, and so many nodes of each; the time only guards a crowded machine.
MOST_PROBES = 40
MOST_NODES = 100
SECONDS = 8.0


@dataclass(frozen=True)
class Effort:
    """How long to look: in steps, which every machine counts alike, and in seconds."""

    most_probes: int = MOST_PROBES
    most_nodes: int = MOST_NODES
    seconds: float = SECONDS


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


def packed(obstacle: Obstacle) -> list[Any]:
    """An obstacle as JSON."""
    return [obstacle.kind.value, obstacle.at]


def unpacked(kept: Sequence[Any]) -> Obstacle:
    """What `packed` wrote."""
    kind, at = kept
    return Obstacle(Kind(kind), (at[0], at[1]) if isinstance(at, list) else at)


@dataclass(frozen=True)
class Verdict:
    """What excludes a pair.

    `smallest` are as few obstacles as exclude it together, `relaxed` as few as would have to give way; both are empty when
    the pair is possible. `is_proven` is False when the steps ran out.
    """

    smallest: tuple[Obstacle, ...] = ()
    relaxed: tuple[Obstacle, ...] = ()
    is_proven: bool = True

    @property
    def is_possible(self) -> bool:
        """Whether some plan that keeps everything has the pair."""
        return not self.smallest and self.is_proven


def verdict_on(
    snapshot: Snapshot,
    problem: AssignmentProblem,
    pair: Pair,
    n_findings: int,
    effort: Effort | None = None,
) -> Verdict:
    """What excludes a pair of rows against which there are so many findings that block it."""
    found = _Looking(snapshot, problem, pair)
    conflicts: list[tuple[Obstacle, ...]] = [
        (Obstacle(Kind.FINDING, number),) for number in range(n_findings)
    ]
    conflicts += found.plain(pair)
    return _verdict(found, conflicts, effort or Effort())


def contradiction_in(snapshot: Snapshot, problem: AssignmentProblem, effort: Effort) -> Verdict:
    """What of a run's side rules, locks and caps cannot hold together; nothing where a plan keeps them all."""
    return _verdict(_Looking(snapshot, problem, None), [], effort)


def _verdict(looking: "_Looking", conflicts: list[tuple[Obstacle, ...]], effort: Effort) -> Verdict:
    is_proven = True
    if looking.snapshot.side_rules:
        is_proven = looking.search(conflicts, effort)
    if not conflicts:
        return Verdict(is_proven=is_proven)
    return Verdict(min(conflicts, key=len), tuple(_relaxation(conflicts)), is_proven)


class _Looking:
    """One pair of rows in one run, or the run alone."""

    def __init__(self, snapshot: Snapshot, problem: AssignmentProblem, pair: Pair | None) -> None:
        self.snapshot, self.problem, self.pair = snapshot, problem, pair
        self.locks = [one for one in snapshot.locked if one != pair]

    def plain(self, pair: Pair) -> list[tuple[Obstacle, ...]]:
        """Sets that exclude the pair whatever the side rules."""
        person, post = pair
        group = int(self.problem.group[person])
        here = [one for one in self.locks if one[1] == post]
        places = int(self.problem.capacity[post])
        found: list[tuple[Obstacle, ...]] = []
        if pair in self.snapshot.forbidden:
            found.append((Obstacle(Kind.FORBIDDEN),))
        if not places:
            found.append((Obstacle(Kind.NO_PLACE),))
        found += [(Obstacle(Kind.LOCK, one),) for one in self.locks if one[0] == person]
        if places and len(here) >= places:
            found.append(tuple(Obstacle(Kind.LOCK, one) for one in here))
        if group != NO_GROUP:
            sent = [
                one for one in self.locks if one[0] != person and int(self.problem.group[one[0]]) == group
            ]
            if len(sent) >= int(self.problem.cap[group]):
                found.append((Obstacle(Kind.CAP, group), *(Obstacle(Kind.LOCK, one) for one in sent)))
        return found

    def search(self, conflicts: list[tuple[Obstacle, ...]], effort: Effort) -> bool:
        """Add the sets that only the side rules explain; whether these are proven smallest, and the rest to hold together."""
        from secondment.algorithms.side_rules.conflict import ConflictStatus, find_conflict

        clock, n_left, is_smallest = Clock(effort.seconds), effort.most_probes, True
        while True:
            given_up = set(_relaxation(conflicts)) if conflicts else set()
            demands, rules = self._demands(given_up)
            conflict = find_conflict(
                self._market(rules, given_up),
                seconds=max(clock.left(), 0.01),
                most_probes=n_left,
                most_nodes=effort.most_nodes,
            )
            n_left -= conflict.n_probes
            if conflict.status is ConflictStatus.NONE:
                return is_smallest
            is_smallest &= conflict.status is ConflictStatus.SMALLEST
            owner = np.repeat(np.arange(len(rules)), conflict.n_parts)
            named = {self._obstacle(demands, owner, one) for one in conflict.demands} - {None}
            if conflict.status is ConflictStatus.UNKNOWN or not named:
                return False
            conflicts.append(tuple(sorted((one for one in named if one), key=str)))

    def _demands(self, given_up: set[Obstacle]) -> tuple[list[Obstacle | None], list[Rule]]:
        """Every demand that is left with its rule; caps (None) come first, and the pair itself second."""
        only = np.full(self.problem.n_posts, NO_GROUP, dtype=np.int64)
        cap = np.array(
            [
                self.problem.n_people if Obstacle(Kind.CAP, group) in given_up else most
                for group, most in enumerate(self.problem.cap.tolist())
            ],
            dtype=np.int64,
        )
        demands: list[Obstacle | None] = [None]
        rules: list[Rule] = [GroupCaps(self.problem.group, cap)]
        if self.pair:
            demands.append(None)
            rules.append(self._exactly(self.pair, only))
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
        self, demands: Sequence[Obstacle | None], owner: np.ndarray, demand: int
    ) -> Obstacle | None:
        rule = int(owner[demand])
        return demands[rule] if rule else Obstacle(Kind.CAP, demand)

    def _market(self, rules: Sequence[Rule], given_up: set[Obstacle]) -> SideRuleProblem:
        """All pairs but those that are ruled out, and the one that is asked about."""
        person, post = self.problem.person, self.problem.post
        allowed = ~self._is_one_of(self.snapshot.forbidden)
        asked = [self.pair] if self.pair else []
        rows = np.flatnonzero(allowed & ~self._is_one_of(asked))
        capacity = self.problem.capacity.copy()
        if self.pair and Obstacle(Kind.NO_PLACE) in given_up:
            capacity[self.pair[1]] = 1
        return SideRuleProblem(
            n_people=self.problem.n_people,
            n_posts=self.problem.n_posts,
            person=np.append(person[rows], [one[0] for one in asked]).astype(np.int64),
            post=np.append(post[rows], [one[1] for one in asked]).astype(np.int64),
            score=np.append(self.problem.score[rows], [0.0 for _one in asked]),
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
