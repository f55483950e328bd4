"""What can be said of a plan under side rules: next candidates by fit, who is left, what each rule costs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem
from secondment.algorithms.fit import weight_array
from secondment.matching.explaining import DIGITS, Unplacing, lower_components
from secondment.matching.side_rules.solving import RulePrice, SideRulePlan
from secondment.matching.snapshot import Snapshot

N_ALTERNATIVES = 2


class RuledExplanation:
    """Answers about one solved run; the cost of a change under side rules would be another run, so it is not claimed."""

    def __init__(
        self,
        snapshot: Snapshot,
        problem: AssignmentProblem,
        plan: SideRulePlan,
        weights: Mapping[str, float],
    ) -> None:
        self.snapshot, self.problem, self.plan = snapshot, problem, plan
        self.weights = weight_array(weights)
        self.post_of = dict(plan.pairs)
        self.row_of = dict(zip(plan.pairs, plan.rows.tolist(), strict=True))
        self.people_of: dict[int, list[int]] = {}
        for person, post in plan.pairs:
            self.people_of.setdefault(post, []).append(person)
        released = problem.group[list(self.post_of)] if self.post_of else np.zeros(0, dtype=np.int64)
        self.n_released = np.bincount(released[released != NO_GROUP], minlength=len(problem.cap))

    def alternatives(self, post: int) -> list[dict[str, Any]]:
        """The best others who may hold the post, by fit; no loss is stated."""
        low, high = np.searchsorted(self.problem.post, [post, post + 1])
        rows = np.arange(low, high)
        others = rows[~np.isin(self.problem.person[rows], self.people_of[post])]
        best = others[np.argsort(-self.problem.score[others], kind="stable")][:N_ALTERNATIVES]
        return [self._alternative(post, int(row)) for row in best]

    def unplaced(self) -> Iterator[tuple[int, Unplacing]]:
        """Everyone without a post, and why."""
        has_post = np.zeros(self.problem.n_people, dtype=bool)
        has_post[self.problem.person] = True
        for person in range(self.problem.n_people):
            if person not in self.post_of:
                yield person, self._unplacing(person, has_post=bool(has_post[person]))

    def _alternative(self, post: int, row: int) -> dict[str, Any]:
        person = int(self.problem.person[row])
        held = self.post_of.get(person)
        components = self.snapshot.admissible.components
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

    def _unplacing(self, person: int, *, has_post: bool) -> Unplacing:
        if person in self.snapshot.blocked_by:
            return Unplacing("rules", self.snapshot.blocked_by[person])
        if not has_post:
            against = [rule for rule, pairs in self.snapshot.ruled_out.items() if person in pairs.person]
            return Unplacing("no_post", tuple(against))
        group = int(self.problem.group[person])
        is_full = group != NO_GROUP and self.n_released[group] >= self.problem.cap[group]
        return Unplacing("full" if is_full else "side_rules")


def stored_prices(prices: Sequence[RulePrice]) -> list[dict[str, Any]]:
    """What each rule costs, as it is kept with the run's shortages; rules that cost nothing are left out."""
    return [
        {
            "kind": "side_rule",
            "key": one.key,
            "n_more": one.n_more,
            "score": round(one.score, DIGITS) + 0.0,
            "is_proven": one.is_proven,
        }
        for one in prices
        if one.n_more > 0 or one.score > 10**-DIGITS
    ]
