"""How often the flags find what was put there, and how often they cry wolf: measured by simulation."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy import stats

from secondment.algorithms.rating.flags import (
    FEWEST_MARKS,
    ballots_of,
    halo,
    identical_ballots,
    leniency,
    straight_lining,
)
from secondment.algorithms.rating.hierarchical import HierarchicalFit, fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import report_hierarchical
from secondment.algorithms.rating.ratings import BoolArray, FloatArray, Ratings
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

FALSE_ALARMS = 0.05
# How much is manipulated: a tenth of the units, up to six host raters in each.
UNIT_SHARE, BLOC = 0.1, 6


class Manipulation(StrEnum):
    """What some host raters of a manipulated unit do together."""

    COPIED = "copied"
    ALL_TOP = "all top"
    STRAIGHT = "straight"


@dataclass(frozen=True)
class FlagPower:
    """Area under the curve, share found at 5 % false alarms, the limit that gives those, and the false alarms
    that two SDs would give."""

    auc: float
    found: float
    limit: float
    alarms_at_two: float


@dataclass(frozen=True)
class Calibration:
    """Power of the ballot flags per manipulation and, at 5 % false alarms, the limits of the rater flags:
    infit below which (and halo above which) honest common raters lie that often; nan without such raters."""

    power: dict[Manipulation, dict[str, FlagPower]]
    infit_limit: float
    halo_limit: float


def calibrate(design: CampaignDesign, *, seed: int = 0) -> Calibration:
    """Try every manipulation on a simulated campaign; the common raters are honest in all of them."""
    power_of, infit, impressions = {}, [np.zeros(0)], [np.zeros(0)]
    for manipulation in Manipulation:
        fit, is_bloc = _manipulated_fit(design, manipulation, seed=seed)
        power_of[manipulation] = _powers(fit, is_bloc)
        raters = report_hierarchical(fit).rater
        is_common = fit.campaign.border_rater >= 0
        infit.append(raters.infit[is_common & (raters.n >= FEWEST_MARKS)])
        of_rater = halo(fit)
        impressions.append(of_rater[np.isfinite(of_rater)])
    return Calibration(power_of, _quantile(infit, FALSE_ALARMS), _quantile(impressions, 1 - FALSE_ALARMS))


def _quantile(parts: list[FloatArray], share: float) -> float:
    values = np.concatenate(parts)
    return float(np.quantile(values, share)) if len(values) else np.nan


def flag_power(
    design: CampaignDesign,
    manipulation: Manipulation,
    *,
    unit_share: float = UNIT_SHARE,
    n_bloc: int = BLOC,
    seed: int = 0,
) -> dict[str, FlagPower]:
    """Manipulate a share of units in one simulated campaign and see which flag finds them."""
    return _powers(*_manipulated_fit(design, manipulation, unit_share=unit_share, n_bloc=n_bloc, seed=seed))


def _manipulated_fit(
    design: CampaignDesign,
    manipulation: Manipulation,
    *,
    unit_share: float = UNIT_SHARE,
    n_bloc: int = BLOC,
    seed: int,
) -> tuple[HierarchicalFit, BoolArray]:
    random = np.random.default_rng(seed)
    made = simulate_campaign(design, seed)
    is_bloc = random.random(design.n_ratees) < unit_share
    return fit_hierarchical(manipulated(made.ratings, design, manipulation, is_bloc, n_bloc)), is_bloc


def _powers(fit: HierarchicalFit, is_bloc: BoolArray) -> dict[str, FlagPower]:
    ballots = ballots_of(fit)
    statistics = {
        "leniency": leniency(fit),
        "identical": identical_ballots(ballots),
        "straight": straight_lining(ballots),
    }
    return {name: power(values, is_bloc) for name, values in statistics.items()}


def manipulated(
    ratings: Ratings, design: CampaignDesign, manipulation: Manipulation, is_bloc: BoolArray, n_bloc: int
) -> Ratings:
    """The first `n_bloc` host raters of each manipulated unit mark as the manipulation says."""
    hosts = design.n_ratees * design.n_host_raters
    mark = ratings.mark.copy()
    table = mark[: hosts * design.n_criteria].reshape(
        design.n_ratees, design.n_host_raters, design.n_criteria
    )
    bloc = table[is_bloc, :n_bloc]
    if manipulation is Manipulation.COPIED:
        bloc[:] = bloc[:, :1]
    elif manipulation is Manipulation.ALL_TOP:
        bloc[:] = design.n_categories
    else:
        bloc[:] = np.round(bloc.mean(axis=2, keepdims=True))
    table[is_bloc, :n_bloc] = bloc
    return replace(ratings, mark=mark)


def power(statistic: FloatArray, is_bloc: BoolArray) -> FlagPower:
    """Judge a statistic that should be high for the manipulated."""
    honest, bloc = statistic[~is_bloc], statistic[is_bloc]
    test = stats.mannwhitneyu(bloc, honest, alternative="two-sided", method="asymptotic")
    limit = np.quantile(honest, 1 - FALSE_ALARMS)
    return FlagPower(
        float(test.statistic / (len(bloc) * len(honest))),
        float(np.mean(bloc > limit)),
        float(limit),
        float(np.mean(honest > 2)),
    )
