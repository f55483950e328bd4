"""What can be said of a plan under side rules: next candidates by fit, who is left, what each rule costs."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from secondment.algorithms.assignment import AssignmentProblem
from secondment.algorithms.fit import weight_array
from secondment.matching.explained_plan import ExplainedPlan, Unplacing
from secondment.matching.explaining import DIGITS, lower_components
from secondment.matching.side_rules.solving import RulePrice, SideRulePlan
from secondment.matching.snapshot import Snapshot

N_ALTERNATIVES = 2


class RuledExplanation(ExplainedPlan):
    """Answers about one solved run; the cost of a change under side rules would be another run, so it is not claimed."""

    def __init__(
        self,
        snapshot: Snapshot,
        problem: AssignmentProblem,
        plan: SideRulePlan,
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

    def _left_over(self, person: int, *, is_released: bool) -> Unplacing:  # noqa: ARG002 -- one signature for all plans
        return Unplacing("full" if is_released else "side_rules")


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
