"""How often the flags find what was put there, and how often they cry wolf: measured by simulation."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy import stats

from secondment.algorithms.rating.flags import ballots_of, identical_ballots, leniency, straight_lining
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.ratings import BoolArray, FloatArray, Ratings
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

FALSE_ALARMS = 0.05


class Manipulation(StrEnum):
    """What some host raters of a manipulated unit do together."""

    COPIED = "copied"
    ALL_TOP = "all top"
    STRAIGHT = "straight"


@dataclass(frozen=True)
class FlagPower:
    """Area under the curve, share found at 5 % false alarms, and false alarms at two SDs without calibration."""

    auc: float
    found: float
    alarms_at_two: float


def flag_power(
    design: CampaignDesign,
    manipulation: Manipulation,
    *,
    unit_share: float = 0.1,
    n_bloc: int = 6,
    seed: int = 0,
) -> dict[str, FlagPower]:
    """Manipulate a share of units in one simulated campaign and see which flag finds them."""
    random = np.random.default_rng(seed)
    made = simulate_campaign(design, seed)
    is_bloc = random.random(design.n_ratees) < unit_share
    fit = fit_hierarchical(manipulated(made.ratings, design, manipulation, is_bloc, n_bloc))
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
        float(np.mean(honest > 2)),
    )
