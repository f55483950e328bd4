"""The explanation of a run's result, as data: other candidates, who is left and why, shortages, the effect of each rule."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Protocol

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem, AssignmentSolution
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.explanation import (
    Explainer,
    ImpossibleChangeError,
    Loss,
    Placing,
    RuledOut,
    Shortage,
    relaxations,
    shortage_of,
)
from secondment.algorithms.fit import COMPONENTS, weight_array
from secondment.matching.side_rules.solving import RulePrice
from secondment.matching.snapshot import Snapshot

NOTICEABLE = 0.05
MOST_LOWER = 3
DIGITS = 6
N_ALTERNATIVES = 2


@dataclass(frozen=True)
class Unplacing:
    """Why a person has no post: what kind of reason, and its particulars.

    kind: "rules" (kept out as a person), "no_post" (no admissible post), "cap" (home unit has released
    its most), "outscored" (others fit better), "impossible" (locks and caps leave no room); under side
    rules "full" (home unit has released its most) and "side_rules" (the best plan found has no room).
    """

    kind: str
    rules: tuple[str, ...] = ()
    post: int | None = None
    loss: float = 0.0
    n_places: int = 0


class ExplainedPlan(ABC):
    """A plan in row numbers of its snapshot, looked at from people and from posts."""

    def __init__(self, snapshot: Snapshot, problem: AssignmentProblem, pairs: Sequence[Pair]) -> None:
        self.snapshot, self.problem = snapshot, problem
        self.post_of = dict(pairs)
        self.people_of: dict[int, list[int]] = {}
        for person, post in pairs:
            self.people_of.setdefault(post, []).append(person)
        released = problem.group[list(self.post_of)] if self.post_of else np.zeros(0, dtype=np.int64)
        self.n_released = np.bincount(released[released != NO_GROUP], minlength=len(problem.cap))

    def unplaced(self) -> Iterator[tuple[int, Unplacing]]:
        """Everyone without a post, and why."""
        has_post = np.zeros(self.problem.n_people, dtype=bool)
        has_post[self.problem.person] = True
        for person in range(self.problem.n_people):
            if person not in self.post_of:
                yield person, self._unplacing(person, has_post=bool(has_post[person]))

    def _unplacing(self, person: int, *, has_post: bool) -> Unplacing:
        if person in self.snapshot.blocked_by:
            return Unplacing("rules", self.snapshot.blocked_by[person])
        if not has_post:
            against = [rule for rule, pairs in self.snapshot.ruled_out.items() if person in pairs.person]
            return Unplacing("no_post", tuple(against))
        group = int(self.problem.group[person])
        is_released = group != NO_GROUP and self.n_released[group] >= self.problem.cap[group]
        return self._left_over(person, is_released=bool(is_released))

    @abstractmethod
    def _left_over(self, person: int, *, is_released: bool) -> Unplacing:
        """Why someone with admissible posts has none; `is_released` if the home unit has reached its release cap."""


class RunExplanation(ExplainedPlan):
    """Answers about one solved run; a few shortest paths each."""

    def __init__(
        self,
        snapshot: Snapshot,
        problem: AssignmentProblem,
        solution: AssignmentSolution,
        weights: Mapping[str, float],
    ) -> None:
        super().__init__(snapshot, problem, solution.pairs)
        self.solution, self.weights = solution, dict(weights)
        self.keys = problem.post * problem.n_people + problem.person
        self.explainer = Explainer(problem, solution.pairs)

    def alternatives(self, post: int) -> list[dict[str, Any]]:
        """The next two candidates of a post and the weak points of each."""
        return [self._alternative(post, one) for one in self.explainer.candidates(post)]

    def shortages(self) -> list[dict[str, Any]]:
        """Sets of posts that cannot all be filled, then what relaxing each rule and each full cap would do."""
        filled = np.bincount(self.problem.post[self.solution.rows], minlength=self.problem.n_posts)
        empty = np.flatnonzero(filled < self.problem.capacity).tolist()
        found = [
            {
                "kind": "posts",
                "posts": [self.snapshot.posts[post] for post in one.posts],
                "n_wanted": int(self.problem.capacity[list(one.posts)].sum()),
                "n_available": int(filled[list(one.posts)].sum()),
                "n_people": len(one.people),
                "units": [self.snapshot.units[group] for group in one.tight_groups],
                "rules": self._rules_against(one.posts),
            }
            for one in self._joined(empty)
        ]
        return [*found, *self._rules_relaxed(), *self._caps_relaxed()] if found else []

    def _joined(self, empty: list[int]) -> list[Shortage]:
        """Shortages of the empty posts; those that share posts are one shortage."""
        joined: list[Shortage] = []
        for shortage in filter(None, (shortage_of(self.explainer, post) for post in empty)):
            shared = [one for one in joined if set(one.posts) & set(shortage.posts)]
            joined = [*(one for one in joined if one not in shared), reduce(_union, shared, shortage)]
        return joined

    def _alternative(self, post: int, candidate: Placing) -> dict[str, Any]:
        row = self._row((candidate.person, post))
        held = self.post_of.get(candidate.person)
        return {
            "nomination": self.snapshot.nominations[candidate.person],
            "score": float(self.problem.score[row]),
            "loss": _rounded(candidate.change.loss.score),
            "n_places": candidate.change.loss.n_places,
            "n_moved": len(candidate.change.added),
            "holds": None if held is None else self.snapshot.posts[held],
            "lower": self._lower(row, post),
        }

    def _lower(self, row: int, post: int) -> list[str]:
        """Components in which the candidate falls behind the person proposed, the heaviest first."""
        holders = self.people_of.get(post)
        if not holders:
            return []
        components = self.snapshot.complete
        holder = components[self._row((holders[0], post))]
        return lower_components(holder, components[row], weight_array(self.weights))

    def _left_over(self, person: int, *, is_released: bool) -> Unplacing:
        try:
            change = self.explainer.cheapest_placing(person)
        except ImpossibleChangeError:
            return Unplacing("cap" if is_released else "impossible")
        post = next(post for one, post in change.added if one == person)
        return Unplacing(
            "cap" if is_released else "outscored",
            (),
            self.snapshot.posts[post],
            _rounded(change.loss.score),
            change.loss.n_places,
        )

    def _rules_against(self, posts: tuple[int, ...]) -> list[list[Any]]:
        """Rule and number of people whom it alone keeps out of one of these posts, most first."""
        counts = [
            [rule, len(np.unique(pairs.person[np.isin(pairs.post, posts)]))]
            for rule, pairs in self.snapshot.ruled_out.items()
        ]
        return sorted((one for one in counts if one[1]), key=lambda one: (-one[1], one[0]))

    def _rules_relaxed(self) -> list[dict[str, Any]]:
        ruled_out = {
            rule: RuledOut(pairs.person, pairs.post, self.snapshot.scores(pairs, self.weights))
            for rule, pairs in self.snapshot.ruled_out.items()
        }
        found = relaxations(self.problem, self.solution, ruled_out)
        return [
            {"kind": "rule", "rule": one.rule, "n_more": one.n_more, "score": _rounded(one.score_gained)}
            for one in found
            if one.n_more > 0 or one.score_gained > 0
        ]

    def _caps_relaxed(self) -> list[dict[str, Any]]:
        found = []
        for group in np.flatnonzero(self.n_released >= self.problem.cap).tolist():
            gain = self.explainer.cap_price(group).one_more
            if gain < Loss((0,) * len(gain.places), 0.0):
                found.append(
                    {
                        "kind": "cap",
                        "unit": self.snapshot.units[group],
                        "cap": int(self.problem.cap[group]),
                        "n_more": -gain.n_places,
                        "score": _rounded(-gain.score),
                    }
                )
        return sorted(found, key=lambda one: (-one["n_more"], -one["score"], one["unit"]))

    def _row(self, pair: Pair) -> int:
        """Row of an admissible pair: arcs are sorted by post, then person."""
        return int(np.searchsorted(self.keys, pair[1] * self.problem.n_people + pair[0]))


class PlannedRows(Protocol):
    """A plan as pairs and as rows of its problem, in one order."""

    @property
    def pairs(self) -> Sequence[Pair]:
        """Person and post of each."""

    @property
    def rows(self) -> IntArray:
        """The same as rows."""


class RuledExplanation(ExplainedPlan):
    """Answers about one solved run; the cost of a change under side rules would be another run, so it is not claimed."""

    def __init__(
        self,
        snapshot: Snapshot,
        problem: AssignmentProblem,
        plan: PlannedRows,
        weights: Mapping[str, float],
    ) -> None:
        super().__init__(snapshot, problem, plan.pairs)
        self.weights = weight_array(weights)
        self.row_of = dict(zip(plan.pairs, plan.rows.tolist(), strict=True))

    def alternatives(self, post: int) -> list[dict[str, Any]]:
        """The best others who may hold the post, by fit; no loss is stated."""
        low, high = np.searchsorted(self.problem.post, [post, post + 1])
        rows = np.arange(low, high)
        others = rows[~np.isin(self.problem.person[rows], self.people_of[post])]
        best = others[np.argsort(-self.problem.score[others], kind="stable")][:N_ALTERNATIVES]
        return [self._alternative(post, int(row)) for row in best]

    def _alternative(self, post: int, row: int) -> dict[str, Any]:
        person = int(self.problem.person[row])
        held = self.post_of.get(person)
        components = self.snapshot.complete
        holder = self.row_of[self.people_of[post][0], post]
        return {
            "nomination": self.snapshot.nominations[person],
            "score": float(self.problem.score[row]),
            "loss": None,
            "n_places": 0,
            "n_moved": 0,
            "holds": None if held is None else self.snapshot.posts[held],
            "lower": lower_components(components[holder], components[row], self.weights),
        }

    def _left_over(self, person: int, *, is_released: bool) -> Unplacing:  # noqa: ARG002 -- one signature for all plans
        return Unplacing("full" if is_released else "side_rules")


class StableExplanation(RuledExplanation):
    """Answers about a stable plan: whoever is left would have to be preferred by a post."""

    def _left_over(self, person: int, *, is_released: bool) -> Unplacing:  # noqa: ARG002 -- one signature for all plans
        return Unplacing("full" if is_released else "less_preferred")


def lower_components(holder: FloatArray, candidate: FloatArray, weights: FloatArray) -> list[str]:
    """Components in which a candidate falls behind the holder, the heaviest first; each of shape (n_components,)."""
    behind = holder - candidate
    weighed = np.where(behind >= NOTICEABLE, behind * weights, 0.0)
    order = np.argsort(-weighed, kind="stable")[:MOST_LOWER]
    return [COMPONENTS[column] for column in order if weighed[column] > 0]


def stored_prices(prices: Sequence[RulePrice]) -> list[dict[str, Any]]:
    """What each rule costs, as it is kept with the run's shortages; rules that cost nothing are left out."""
    return [
        {
            "kind": "side_rule",
            "key": one.key,
            "n_more": one.n_more,
            "score": _rounded(one.score),
            "is_proven": one.is_proven,
        }
        for one in prices
        if one.n_more > 0 or one.score > 10**-DIGITS
    ]


def _union(one: Shortage, other: Shortage) -> Shortage:
    """Both together; the counts of places are taken afresh where they are shown."""
    return replace(
        one,
        posts=tuple(sorted({*one.posts, *other.posts})),
        people=tuple(sorted({*one.people, *other.people})),
        tight_groups=tuple(sorted({*one.tight_groups, *other.tight_groups})),
    )


def _rounded(value: float) -> float:
    return round(value, DIGITS) + 0.0  # never -0.0
