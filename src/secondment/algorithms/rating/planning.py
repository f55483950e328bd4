"""The expected precision of a rating design before anyone rates: simulated reliability, coverage and hits."""

from dataclasses import astuple, dataclass, replace

import numpy as np
from scipy.special import ndtri

from secondment.algorithms.rating.hierarchical import HierarchicalFit, fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import ratee_reliability
from secondment.algorithms.rating.ranking import Posterior, rank
from secondment.algorithms.rating.simulation import CampaignDesign, SimulatedCampaign, simulate_campaign

TOP_SHARE = 0.2
INTERVAL = 0.9


@dataclass(frozen=True)
class DesignWorth:
    """Of one simulated campaign, or means over several; `hit` is the share of the true top found, `claimed_hit` what the model
    said it would be, `grey_zone` how many people have a chance between .1 and .9 of belonging to the top."""

    kendall: float
    hit: float
    claimed_hit: float
    coverage: float
    reliability: float
    actual_reliability: float
    brier: float
    grey_zone: float


@dataclass(frozen=True)
class WorthOfOneMore:
    """What one more common rater per ratee adds, next to the design as it is."""

    now: DesignWorth
    with_one_more: DesignWorth

    @property
    def added_hit(self) -> float:
        """Further share of the true top that would be found."""
        return self.with_one_more.hit - self.now.hit


def design_worth(design: CampaignDesign, *, n_campaigns: int = 4, seed: int = 0) -> DesignWorth:
    """Simulate, fit and compare with the truth; seconds per campaign as for one fit."""
    worths = [judge_campaign(design, seed + number) for number in range(n_campaigns)]
    return DesignWorth(*(float(value) for value in np.mean([astuple(worth) for worth in worths], axis=0)))


def worth_of_one_more(design: CampaignDesign, *, n_campaigns: int = 4, seed: int = 0) -> WorthOfOneMore:
    """Compare the design with one more common rater for each ratee; the pool grows when it must."""
    each = design.n_common_each + 1
    more = replace(design, n_common_each=each, n_common=max(design.n_common, each))
    now = design_worth(design, n_campaigns=n_campaigns, seed=seed)
    return WorthOfOneMore(now, design_worth(more, n_campaigns=n_campaigns, seed=seed))


def judge_campaign(design: CampaignDesign, seed: int, top_share: float = TOP_SHARE) -> DesignWorth:
    """Simulate one campaign, fit it and compare with the truth."""
    made = simulate_campaign(design, seed)
    fit = fit_hierarchical(made.ratings)
    return _compare(made, fit, max(1, round(top_share * design.n_ratees)))


def posterior_of(fit: HierarchicalFit) -> Posterior:
    """The fitted merits as a distribution to rank by."""
    return Posterior(fit.merit, fit.own_variance, fit.common)


def _compare(made: SimulatedCampaign, fit: HierarchicalFit, n_top: int) -> DesignWorth:
    truth, found = made.merit - made.merit.mean(), fit.merit - fit.merit.mean()
    is_top = np.zeros(len(truth), dtype=bool)
    is_top[np.argsort(-truth)[:n_top]] = True
    chosen = np.argsort(-found)[:n_top]
    # Loaded here: the rest of the model needs nothing of a package that takes half a second.
    from scipy import stats

    chance = rank(posterior_of(fit), n_top, n_draws=1000).top_probability
    width = ndtri(0.5 + INTERVAL / 2) * fit.merit_se
    figures = (
        stats.kendalltau(truth, found).statistic,
        is_top[chosen].mean(),
        chance[chosen].mean(),
        np.mean(np.abs(found - truth) <= width),
        ratee_reliability(fit),
        np.corrcoef(truth, found)[0, 1] ** 2,
        np.mean((chance - is_top) ** 2),
        np.sum((chance > 0.1) & (chance < 0.9)),
    )
    return DesignWorth(*(float(figure) for figure in figures))
