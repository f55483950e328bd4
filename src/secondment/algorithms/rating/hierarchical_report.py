"""The hierarchical fit as tables per facet, in the signs and origins users read."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.arrow import predictor
from secondment.algorithms.rating.campaign import Effect
from secondment.algorithms.rating.core import columns_of, sizes_of
from secondment.algorithms.rating.facets import FacetTable
from secondment.algorithms.rating.fair_scores import (
    EQUAL,
    FairScale,
    Weights,
    shares_of,
    spreads_of_sources,
)
from secondment.algorithms.rating.fit_statistics import expected_mark
from secondment.algorithms.rating.hierarchical import HierarchicalFit
from secondment.algorithms.rating.laplace import posterior_variances, predictor_noise
from secondment.algorithms.rating.mean_squares import Residuals, fit_mean_squares, normal_residuals
from secondment.algorithms.rating.ratings import sums_by
from secondment.algorithms.rating.subsets import connect

ASSUMPTION = (
    "units and raters that no common rater links are alike on average and differ only by the estimated spread"
)


@dataclass(frozen=True)
class HierarchicalReport:
    """One table per facet; `assumption` is empty if common raters link everyone.

    Fair marks of ratees are means over all raters (`FairScale`) with the errors `fair_se`; those of the other facets are marks of
    the average ratee.
    """

    ratee: FacetTable
    fair_se: FloatArray
    rater: FacetTable
    criterion: FacetTable
    source: FacetTable
    unit: FacetTable
    thresholds: FloatArray
    n_subsets: int
    assumption: str


@dataclass(frozen=True)
class _Effects:
    """Severities and difficulties centred at 0 (raters and units within their source) and source levels."""

    level: FloatArray
    difficulty: FloatArray
    severity: FloatArray
    rater_source: IndexArray
    strictness: FloatArray


def report_hierarchical(fit: HierarchicalFit, weights: Weights = EQUAL) -> HierarchicalReport:
    """Measures, standard errors, fit and fair marks of every element; `weights` are those of the ratees' fair marks."""
    effects = _centred_effects(fit)
    errors = _errors(fit, effects)
    ratings = fit.campaign.ratings
    no_one = tuple(np.zeros(size, dtype=bool) for size in sizes_of(ratings))
    linked = connect(columns_of(ratings), sizes_of(ratings), (no_one[0], no_one[1], no_one[2]))
    grand = float(effects.level.mean())
    nested = fit.campaign.is_nested_source
    kappa = np.concatenate([[0.0], fit.mode.state.border[fit.campaign.n_border :], [0.0]])
    middle = float(fit.merit.mean())
    unit = _unit_values(fit, effects.strictness)
    nets = (
        middle + effects.level[effects.rater_source] - effects.severity,
        middle + grand - effects.difficulty,
        middle + effects.level,
        middle + effects.level[nested].mean() - unit if nested.any() else middle + grand - unit,
    )
    measures = (fit.merit + grand, effects.severity, effects.difficulty, grand - effects.level, unit)
    columns = (*columns_of(ratings), fit.campaign.cell_source[fit.campaign.cell], _unit_column(fit))
    of_mark = linked.subsets[0][ratings.ratee]
    subsets = (
        *linked.subsets,
        _lowest(of_mark, columns[3], len(effects.level)),
        _lowest(of_mark, columns[4], len(unit)),
    )
    left = _residuals(fit)
    scale = _fair_scale(fit, effects, kappa, weights)
    fair = (
        scale.marks(fit.merit),
        *(expected_mark(net, fit.campaign.scale, kappa[None, :], 0) for net in nets),
    )
    ratee, rater, criterion, source, of_unit = (
        _table(left, column, measure, se, subset, marks)
        for column, measure, se, subset, marks in zip(columns, measures, errors, subsets, fair, strict=True)
    )
    assumption = ASSUMPTION if linked.n_subsets > 1 else ""
    return HierarchicalReport(
        ratee,
        scale.errors(fit.merit, fit.merit_se),
        rater,
        criterion,
        source,
        of_unit,
        np.diff(kappa),
        linked.n_subsets,
        assumption,
    )


def _residuals(fit: HierarchicalFit) -> Residuals:
    """Expected over the posterior: at the mode, marks explain themselves and residuals are too small."""
    eta, kappa = predictor(fit.campaign, fit.mode.state)
    noise, _ = predictor_noise(fit.campaign, fit.mode.arrow)
    return normal_residuals(fit.campaign.category, eta, noise, kappa)


def _fair_scale(fit: HierarchicalFit, effects: _Effects, kappa: FloatArray, weights: Weights) -> FairScale:
    campaign = fit.campaign
    source = campaign.cell_source[campaign.cell]
    return FairScale(
        campaign,
        effects.level,
        effects.difficulty,
        spreads_of_sources(campaign, fit.spread.sd, effects.severity),
        shares_of(campaign.ratings, source, len(effects.level), weights),
        kappa,
    )


def ratee_reliability(fit: HierarchicalFit) -> float:
    """1 − mean posterior variance / merit variance, never below 0."""
    return max(0.0, 1 - float(np.mean(fit.merit_se**2)) / fit.spread.sd[Effect.RATEE] ** 2)


def _centred_effects(fit: HierarchicalFit) -> _Effects:
    campaign, state = fit.campaign, fit.mode.state
    ratings = campaign.ratings
    n_sources = len(campaign.is_nested_source)
    rater_source = np.zeros(ratings.n_raters, dtype=np.intp)
    rater_source[campaign.cell_rater] = campaign.cell_source
    is_local = campaign.border_rater < 0
    severity = np.zeros(ratings.n_raters)
    alone = is_local[campaign.cell_rater]
    severity[campaign.cell_rater[alone]] = -state.cells[alone]
    severity[~is_local] = -state.border[campaign.border_rater[~is_local]]
    strictness = -_unit_effect_values(fit, state.ratees, state.border)
    difficulty = -np.concatenate([[0.0], state.border[_criteria(fit)]])
    level = state.border[:n_sources] - difficulty.mean()
    rater_mean = _mean_by(rater_source, severity, n_sources)
    unit_mean = _mean_by(campaign.unit_effects[1], strictness, n_sources)
    return _Effects(
        level - rater_mean - unit_mean,
        difficulty - difficulty.mean(),
        severity - rater_mean[rater_source],
        rater_source,
        strictness - unit_mean[campaign.unit_effects[1]],
    )


def _mean_by(index: IndexArray, values: FloatArray, size: int) -> FloatArray:
    return sums_by(index, values, size) / np.maximum(np.bincount(index, minlength=size), 1)


def _criteria(fit: HierarchicalFit) -> slice:
    n_border = fit.campaign.n_border
    return slice(n_border - fit.campaign.ratings.n_criteria + 1, n_border)


def _unit_effect_values(fit: HierarchicalFit, ratees: FloatArray, border: FloatArray) -> FloatArray:
    """The entry of every unit effect, whether it is with a ratee or in the border."""
    campaign = fit.campaign
    values = np.zeros(campaign.unit_effects.shape[1])
    own = campaign.slot_effect >= 0
    values[campaign.slot_effect[own]] = ratees[:, 1:][own]
    shared = campaign.border_unit >= 0
    values[shared] = border[campaign.border_unit[shared]]
    return values


def _unit_values(fit: HierarchicalFit, per_effect: FloatArray) -> FloatArray:
    """Mean over a unit's sources; nan for a unit whose leniency the marks do not show."""
    unit, n_units = fit.campaign.unit_effects[0], fit.campaign.ratings.n_units
    count = np.bincount(unit, minlength=n_units)
    total = sums_by(unit, per_effect, n_units)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _errors(fit: HierarchicalFit, effects: _Effects) -> tuple[FloatArray, ...]:
    campaign, arrow = fit.campaign, fit.mode.arrow
    variance = posterior_variances(arrow)
    rater = np.zeros(campaign.ratings.n_raters)
    rater[campaign.cell_rater] = variance.cells
    common = np.flatnonzero(campaign.border_rater >= 0)
    inverse = arrow.border_inverse
    mean_rater = np.zeros((len(effects.level), len(inverse)))
    place = campaign.border_rater[common]
    mean_rater[effects.rater_source[common], place] = 1
    mean_rater /= np.maximum(mean_rater.sum(axis=1, keepdims=True), 1)
    contrast = np.eye(len(inverse))[place] - mean_rater[effects.rater_source[common]]
    rater[common] = np.einsum("rg,gh,rh->r", contrast, inverse, contrast, optimize=True)
    # A source's level is its intercept and the mean of its shared raters, which only together are determined.
    level = mean_rater + np.eye(*mean_rater.shape)
    criteria = np.pad(inverse[_criteria(fit), _criteria(fit)], ((1, 0), (1, 0)))
    unit = _unit_values(fit, _unit_effect_values(fit, variance.ratees, variance.border))
    return (
        fit.merit_se,
        np.sqrt(rater),
        _centred_errors(criteria),
        _centred_errors(level @ inverse @ level.T),
        np.sqrt(unit),
    )


def _centred_errors(covariance: FloatArray) -> FloatArray:
    size = len(covariance)
    centre = np.eye(size) - 1 / size
    return np.asarray(np.sqrt(np.maximum(np.diag(centre @ covariance @ centre), 0.0)))


def _unit_column(fit: HierarchicalFit) -> IndexArray:
    ratings = fit.campaign.ratings
    return ratings.unit if ratings.unit is not None else np.full(len(ratings.mark), -1, dtype=np.intp)


def _lowest(subset_of_mark: IndexArray, column: IndexArray, size: int) -> IndexArray:
    """The first subset in which each element of a facet has a mark."""
    named = column >= 0
    lowest = np.full(size, subset_of_mark.max(initial=0), dtype=np.intp)
    np.minimum.at(lowest, column[named], subset_of_mark[named])
    return lowest


def _table(
    left: Residuals,
    column: IndexArray,
    measure: FloatArray,
    se: FloatArray,
    subset: IndexArray,
    fair: FloatArray,
) -> FacetTable:
    size, named = len(measure), column >= 0
    infit, outfit = fit_mean_squares(left.of_marks(named), column[named], size)
    n = np.bincount(column[named], minlength=size)
    return FacetTable(measure, se, infit, outfit, n, subset, fair, np.zeros(size, dtype=np.intp))
