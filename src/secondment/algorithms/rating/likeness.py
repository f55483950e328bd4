"""A made-up campaign of the same design as one at hand, to try flags and plans on."""

import numpy as np

from secondment.algorithms.arrays import IndexArray
from secondment.algorithms.rating.campaign import Effect
from secondment.algorithms.rating.hierarchical import HierarchicalFit
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.simulation import CampaignDesign

# Enough for a limit at five per cent; more would only take longer.
FEWEST_RATEES, MOST_RATEES = 100, 400
USUAL_SD = 0.5


def design_like(fit: HierarchicalFit) -> CampaignDesign:
    """The design of the fitted campaign in round numbers, with its estimated spreads."""
    campaign = fit.campaign
    is_host = campaign.is_nested_source[campaign.cell_source]
    hosts, common = campaign.cell_ratee[is_host], campaign.cell_ratee[~is_host]
    if not len(hosts) or _per_ratee(hosts) < 2:
        raise RatingError("no unit has two raters, so their ballots cannot be compared with each other")
    sd = fit.spread.sd
    impression = sd.get(Effect.IMPRESSION, USUAL_SD)
    own = sd.get(Effect.LOCAL_RATER, sd.get(Effect.RATER, USUAL_SD))
    return CampaignDesign(
        n_ratees=int(np.clip(campaign.ratings.n_ratees, FEWEST_RATEES, MOST_RATEES)),
        n_host_raters=_per_ratee(hosts),
        n_common=len(np.unique(campaign.cell_rater[~is_host])),
        n_common_each=_per_ratee(common) if len(common) else 0,
        n_criteria=campaign.ratings.n_criteria,
        n_categories=int(campaign.scale.n_steps[0]) + 1,
        common_share=len(np.unique(common)) / campaign.ratings.n_ratees,
        ratee_sd=sd[Effect.RATEE],
        unit_sd=sd.get(Effect.UNIT, USUAL_SD),
        rater_sd=float(np.sqrt(max(own**2 - impression**2, 0.01))),
        impression_sd=impression,
    )


def _per_ratee(ratees: IndexArray) -> int:
    """Ballots per ratee that has any, rounded."""
    return round(len(ratees) / len(np.unique(ratees)))
