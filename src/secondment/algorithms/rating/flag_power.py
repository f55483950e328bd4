"""How often the flags find what was put there, and how often they cry wolf: measured by simulation."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
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
from secondment.algorithms.rating.ratings import Ratings
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
    """Power of the ballot flags per manipulation and, at 5 % false alarms, the limits of the rater flags with what they
    find: infit below which (and halo above which) honest common raters lie that often; nan without such raters."""

    power: dict[Manipulation, dict[str, FlagPower]]
    infit_limit: float
    halo_limit: float
    central_found: float
    halo_found: float


def calibrate(design: CampaignDesign, *, seed: int = 0) -> Calibration:
    """Try every manipulation on a simulated campaign; the common raters are honest in all but the last."""
    power_of, honest = {}, []
    for manipulation in Manipulation:
        fit, is_bloc = _manipulated_fit(design, manipulation, seed=seed)
        power_of[manipulation] = _powers(fit, is_bloc)
        honest.append(rater_statistics(fit))
    infit, impressions = (np.concatenate(parts) for parts in zip(*honest, strict=True))
    infit_limit, halo_limit = _quantile(infit, FALSE_ALARMS), _quantile(impressions, 1 - FALSE_ALARMS)
    if np.isnan([infit_limit, halo_limit]).all():
        return Calibration(power_of, np.nan, np.nan, np.nan, np.nan)
    ratings, central, haloed = swayed(simulate_campaign(design, seed + 1).ratings, design)
    infit, impressions = rater_statistics(fit_hierarchical(ratings))
    return Calibration(
        power_of,
        infit_limit,
        halo_limit,
        float(np.mean(infit[central] < infit_limit)),
        float(np.mean(impressions[haloed] > halo_limit)),
    )


def _quantile(values: FloatArray, share: float) -> float:
    known = values[np.isfinite(values)]
    return float(np.quantile(known, share)) if len(known) else np.nan


def rater_statistics(fit: HierarchicalFit) -> tuple[FloatArray, FloatArray]:
    """Infit and halo of every rater; nan for those who are not common or gave too few marks."""
    raters = report_hierarchical(fit).rater
    counts = (fit.campaign.border_rater >= 0) & (raters.n >= FEWEST_MARKS)
    return np.where(counts, raters.infit, np.nan), halo(fit)


def swayed(ratings: Ratings, design: CampaignDesign) -> tuple[Ratings, IndexArray, IndexArray]:
    """The marks with a third of the common raters shunning the outer marks and a third giving an entire ballot the
    mark of one impression; and who these are."""
    first = design.n_ratees * design.n_host_raters
    mark = ratings.mark.copy()
    table = mark[first * design.n_criteria :].reshape(-1, design.n_criteria)
    rater = ratings.rater[first * design.n_criteria :: design.n_criteria]
    third = (rater - first) % 3
    middle = (1 + design.n_categories) / 2
    central, haloed = table[third == 0], table[third == 1]
    table[third == 0] = np.where(np.abs(central - middle) >= 1, central + np.sign(middle - central), central)
    table[third == 1] = np.rint(haloed.mean(axis=1, keepdims=True))
    return replace(ratings, mark=mark), np.unique(rater[third == 0]), np.unique(rater[third == 1])


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
    """The first `n_bloc` host raters of each manipulated unit mark according to the manipulation."""
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
    # Loaded here: the rest of the model needs nothing of a package that takes half a second.
    from scipy import stats

    honest, bloc = statistic[~is_bloc], statistic[is_bloc]
    test = stats.mannwhitneyu(bloc, honest, alternative="two-sided", method="asymptotic")
    limit = np.quantile(honest, 1 - FALSE_ALARMS)
    return FlagPower(
        float(test.statistic / (len(bloc) * len(honest))),
        float(np.mean(bloc > limit)),
        float(limit),
        float(np.mean(honest > 2)),
    )
