"""Signs in the ballots that a person should look at; nothing is deleted or corrected by them."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.campaign import Effect
from secondment.algorithms.rating.hierarchical import HierarchicalFit
from secondment.algorithms.rating.hierarchical_report import report_hierarchical
from secondment.algorithms.rating.laplace import posterior_variances
from secondment.algorithms.rating.ratings import sums_by

FEWEST_MARKS = 30
FEWEST_BALLOTS = 10
FEWEST_SECONDS = 1.5
FASTEST_SHARE = 0.05


@dataclass(frozen=True)
class Ballots:
    """Complete ballots (ballots × criteria, -1 for no mark), what the model gives each category
    (ballots × criteria × categories) and the ratee and group (unit or ratee) of each."""

    category: IndexArray
    probability: FloatArray
    ratee: IndexArray
    group: IndexArray
    n_groups: int


def ballots_of(fit: HierarchicalFit) -> Ballots:
    """The ballots of nested sources, grouped by ratee; common raters are known by name and left out."""
    campaign = fit.campaign
    shape = (campaign.n_cells, campaign.ratings.n_criteria)
    category = np.full(shape, -1, dtype=np.intp)
    probability = np.ones((*shape, fit.mode.probabilities.shape[1]))
    category[campaign.cell, campaign.ratings.criterion] = campaign.category
    probability[campaign.cell, campaign.ratings.criterion] = fit.mode.probabilities
    mine = campaign.is_nested_source[campaign.cell_source]
    ratee = campaign.cell_ratee[mine]
    return Ballots(category[mine], probability[mine], ratee, ratee, campaign.ratings.n_ratees)


def leniency(fit: HierarchicalFit) -> FloatArray:
    """How many posterior SDs each unit is kinder than the average unit; nan where the marks do not show it."""
    unit = report_hierarchical(fit).unit
    return -unit.measure / unit.se


def straight_lining(ballots: Ballots) -> FloatArray:
    """Per group: ballots with one mark throughout, beyond the model's expectation, in SDs."""
    given = ballots.category >= 0
    top = np.where(given, ballots.category, -1).max(axis=1)
    low = np.where(given, ballots.category, np.iinfo(np.intp).max).min(axis=1)
    several = given.sum(axis=1) > 1
    straight = ((top == low) & several).astype(np.float64)
    each = np.where(given[..., None], ballots.probability, 1.0).prod(axis=1)
    return _beyond(ballots.group, straight, np.where(several, each.sum(axis=1), 0.0), ballots.n_groups)


def identical_ballots(ballots: Ballots) -> FloatArray:
    """Per group: pairs of ballots on one ratee that agree throughout, beyond the model's expectation, in SDs."""
    order = np.argsort(ballots.ratee, kind="stable")
    starts = np.flatnonzero(np.diff(ballots.ratee[order]))
    groups, same, chance = [], [], []
    for mine in np.split(order, starts + 1):
        first, second = (mine[index] for index in np.triu_indices(len(mine), k=1))
        both = (ballots.category[first] >= 0) & (ballots.category[second] >= 0)
        alike = (ballots.category[first] == ballots.category[second]) | ~both
        meeting = (ballots.probability[first] * ballots.probability[second]).sum(axis=2)
        counts = both.sum(axis=1) > 1
        groups.append(ballots.group[first])
        same.append((alike.all(axis=1) & counts).astype(np.float64))
        chance.append(np.where(counts, np.where(both, meeting, 1.0).prod(axis=1), 0.0))
    return _beyond(np.concatenate(groups), np.concatenate(same), np.concatenate(chance), ballots.n_groups)


def _beyond(group: IndexArray, seen: FloatArray, chance: FloatArray, n_groups: int) -> FloatArray:
    variance = sums_by(group, chance * (1 - chance), n_groups)
    excess = sums_by(group, seen - chance, n_groups)
    return np.where(variance > 0, excess / np.sqrt(np.maximum(variance, 1e-12)), 0.0)


def central_tendency(infit: FloatArray, n: IndexArray) -> BoolArray:
    """Raters with at least 30 marks whose infit lies more than two SDs under 1 for so many marks."""
    return np.asarray((n >= FEWEST_MARKS) & (infit < 1 - 2 * np.sqrt(2 / n)))


def halo(fit: HierarchicalFit) -> FloatArray:
    """Per rater: mean square of the impressions over the campaign's own; nan with fewer than ten ballots.

    High means that one impression of a person colours all criteria more than with other raters. Only raters
    who see several ratees have impressions apart from their severity.
    """
    campaign = fit.campaign
    mine = np.array([effect is Effect.IMPRESSION for effect in campaign.cell_effect])
    square = fit.mode.state.cells**2 + posterior_variances(fit.mode.arrow).cells
    n_raters, rater = campaign.ratings.n_raters, campaign.cell_rater[mine]
    n = np.bincount(rater, minlength=n_raters)
    expected = np.maximum(n, 1) * fit.spread.sd.get(Effect.IMPRESSION, np.nan) ** 2
    return np.where(n >= FEWEST_BALLOTS, sums_by(rater, square[mine], n_raters) / expected, np.nan)


def speeding(seconds_per_criterion: FloatArray) -> BoolArray:
    """Ballots faster than reading allows, or among the fastest twentieth of the campaign."""
    limit = max(FEWEST_SECONDS, float(np.quantile(seconds_per_criterion, FASTEST_SHARE)))
    return np.asarray(seconds_per_criterion < limit)
