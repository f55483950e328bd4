"""The mark that people would get on average from all raters alike: the hierarchical model's answer in the marks' own units."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.campaign import Campaign, Effect
from secondment.algorithms.rating.fit_statistics import expected_mark
from secondment.algorithms.rating.ratings import Ratings, sums_by

# Gauss–Hermite nodes: with 15 the mean of a mark over a spread of two logits is exact to a millionth of the range.
N_NODES = 15


@dataclass(frozen=True)
class Weights:
    """How much each source and each criterion counts, none negative, by their numbers; None: all alike."""

    source: FloatArray | None = None
    criterion: FloatArray | None = None


EQUAL = Weights()


@dataclass(frozen=True)
class FairScale:
    """Merit in logits to expected marks.

    A mark of source s on criterion c has the predictor merit + `level`[s] − `difficulty`[c] + noise of SD `spread`[s], the noise
    being units, raters and impressions as they come. A nonlinear scale makes the mean over raters another number than
    the mark of the mean rater (Jensen), and only the mean over raters can stand beside plain averages. `share` (sources ×
    criteria, sum 1) says how much such marks count: a criterion that a source does not judge counts in others only.
    """

    campaign: Campaign
    level: FloatArray
    difficulty: FloatArray
    spread: FloatArray
    share: FloatArray
    kappa: FloatArray

    def marks(self, merit: FloatArray) -> FloatArray:
        """The expected mark at each merit; O(merits × sources × criteria × categories)."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(N_NODES)
        total = np.zeros(len(merit))
        for source, criterion in zip(*np.nonzero(self.share), strict=True):
            middle = merit + self.level[source] - self.difficulty[criterion]
            for node, weight in zip(nodes, weights / weights.sum(), strict=True):
                marks = expected_mark(
                    middle + node * self.spread[source], self.campaign.scale, self.kappa[None, :], 0
                )
                total += self.share[source, criterion] * weight * marks
        return total

    def errors(self, merit: FloatArray, se: FloatArray) -> FloatArray:
        """Half of what the expected mark rises from one standard error below the merit to one above."""
        return (self.marks(merit + se) - self.marks(merit - se)) / 2


def spreads_of_sources(campaign: Campaign, sd: dict[Effect, float], severity: FloatArray) -> FloatArray:
    """By how much predictors differ within each source besides merit and criterion, as SD in logits.

    Estimated spreads where there are any; raters who go round have none, so the spread of their severities stands for it.
    """
    own = np.array([sd[effect] ** 2 for effect in campaign.cell_effect])
    is_local = campaign.border_rater[campaign.cell_rater] < 0
    nested = campaign.is_nested_source
    own += np.where(~is_local & nested[campaign.cell_source], sd.get(Effect.RATER, 0.0) ** 2, 0.0)
    n_sources = len(nested)
    variance = sums_by(campaign.cell_source, own, n_sources)
    variance /= np.maximum(np.bincount(campaign.cell_source, minlength=n_sources), 1)
    for source in np.flatnonzero(~nested).tolist():
        raters = np.unique(campaign.cell_rater[(campaign.cell_source == source) & ~is_local])
        variance[source] += float(np.var(severity[raters])) if len(raters) else 0.0
    if campaign.has_unit_effects:
        variance[nested] += sd[Effect.UNIT] ** 2
    return np.asarray(np.sqrt(variance))


def shares_of(ratings: Ratings, source: IndexArray, n_sources: int, weights: Weights) -> FloatArray:
    """Sources × criteria, sum 1: the criteria that a source judged in their weights, and the sources in theirs."""
    judged = np.zeros((n_sources, ratings.n_criteria))
    judged[source, ratings.criterion] = 1.0
    share = judged if weights.criterion is None else judged * weights.criterion
    total = share.sum(axis=1, keepdims=True)
    # Without a weight for anything it judged, a source counts all of it alike.
    share = np.where(total > 0, share, judged) / np.where(total > 0, total, judged.sum(axis=1, keepdims=True))
    of_source = (
        np.ones(n_sources)
        if weights.source is None
        else np.pad(weights.source, (0, n_sources - len(weights.source)))
    )
    if not of_source.any():
        of_source = np.ones(n_sources)
    return np.asarray(share * (of_source / of_source.sum())[:, None])
