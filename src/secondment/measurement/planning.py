"""How reliable an appraisal will be, or could have been: simulated campaigns of its design, with more raters or items."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from secondment.algorithms.rating.likeness import design_like
from secondment.algorithms.rating.planning import DesignWorth, judge_campaign
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.simulation import CampaignDesign
from secondment.measurement.estimating import Estimate

N_CAMPAIGNS = 4
FEWEST_PEOPLE, MOST_PEOPLE = 10, 400
MORE_ITEMS = 2
NOW, RATER, ITEMS = "now", "rater", "items"
Watch = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """Who is to rate whom in an appraisal, as its papers say or as it is tried."""

    people: int
    host_raters: int
    members: int
    members_each: int
    items: int
    levels: int

    def design(self) -> CampaignDesign:
        """The campaign to simulate; spreads are those that are usual."""
        return CampaignDesign(
            n_ratees=min(max(self.people, FEWEST_PEOPLE), MOST_PEOPLE),
            n_host_raters=max(self.host_raters, 1),
            n_common=max(self.members, self.members_each),
            n_common_each=self.members_each,
            n_criteria=max(self.items, 2),
            n_categories=self.levels,
        )


def forecast(plan: Plan, *, seed: int = 0, watch: Watch = lambda done, total: None) -> dict[str, Any]:
    """Figures of the design as it is, with one more common rater for everybody, and with two more items.

    Raises `RatingError` for a design that cannot be fitted.
    """
    return _worths(plan.design(), (NOW, RATER, ITEMS), seed, watch)


def worth_beside(
    found: Estimate, *, seed: int = 0, watch: Watch = lambda done, total: None
) -> dict[str, Any]:
    """What one more common rater would have bought; nothing where the marks allow no such comparison."""
    if found.fit is None:
        return {}
    try:
        return _worths(design_like(found.fit), (NOW, RATER), seed, watch)
    except RatingError:
        return {}


def _worths(design: CampaignDesign, asked: tuple[str, ...], seed: int, watch: Watch) -> dict[str, Any]:
    found = {}
    total = len(asked) * N_CAMPAIGNS
    for step, name in enumerate(asked):
        tried = _changed(design, name)
        worths = []
        for number in range(N_CAMPAIGNS):
            watch(step * N_CAMPAIGNS + number, total)
            # The same seeds each time, so that what the campaigns have in common cancels.
            worths.append(judge_campaign(tried, seed + number))
        found[name] = _means(worths)
    return {"design": asdict(design), **found}


def _changed(design: CampaignDesign, name: str) -> CampaignDesign:
    if name == RATER:
        each = design.n_common_each + 1
        # A first common rater sees everybody.
        share = design.common_share if design.n_common_each else 1.0
        return replace(design, n_common_each=each, n_common=max(design.n_common, each), common_share=share)
    if name == ITEMS:
        return replace(design, n_criteria=design.n_criteria + MORE_ITEMS)
    return design


def _means(worths: list[DesignWorth]) -> dict[str, float]:
    rows = [asdict(one) for one in worths]
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]}
