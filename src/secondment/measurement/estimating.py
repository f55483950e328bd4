"""Two estimators behind one contract: marks as columns in, measures on the 0–100 scale with their posterior out.

The arrays are built as `secondment rate` builds them from the file, so that both come to the same numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.facets import FacetsFit, FacetTable, fit_facets
from secondment.algorithms.rating.fair_error import facets_fair_errors
from secondment.algorithms.rating.fair_scores import Weights
from secondment.algorithms.rating.fit_statistics import separation
from secondment.algorithms.rating.hierarchical import HierarchicalFit, fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import ratee_reliability, report_hierarchical
from secondment.algorithms.rating.planning import posterior_of
from secondment.algorithms.rating.ranking import Posterior
from secondment.algorithms.rating.ratings import RatingError, Ratings
from secondment.measurement.choices import Model
from secondment.measurement.inputs import Inputs

WEIGHTED = ("source", "criterion")
FACETS = ("ratee", "rater", "criterion", "source", "unit")
# With less than this share of marks by raters who judged several people, the facets model lets one or two raters decide.
LEAST_LINKED = 0.5
Watch = Callable[[], None]


class UnlinkedError(RatingError):
    """Most raters judged one person only, and to the facets model their marks say nothing of that person."""

    def __init__(self) -> None:
        super().__init__("most marks are by raters who judged one person only; use the hierarchical model")


@dataclass(frozen=True)
class Named:
    """The marks as arrays, with the names of their indices per facet, sorted."""

    ratings: Ratings
    names: dict[str, list[str]]


@dataclass(frozen=True)
class Estimate:
    """What a model says: one entry per ratee in the order of `named.names["ratee"]`; scores in the marks' units.

    Ratees of different `subset` must not be compared. `per_logit` is by how much the expected score changes with a logit of
    merit among average people: spreads in logits are told in scores with it. `fit` is the hierarchical fit, if it was that.
    """

    named: Named
    tables: dict[str, FacetTable]
    posterior: Posterior
    fair: FloatArray
    fair_se: FloatArray
    subset: IndexArray
    is_extreme: BoolArray
    reliability: float
    sd: dict[str, float]
    per_logit: float
    log_likelihood: float
    iterations: int
    converged: bool
    fit: HierarchicalFit | None


def named_ratings(inputs: Inputs) -> Named:
    """The columns as arrays; an empty cell of source or unit means none."""
    coded = {name: _code(inputs.columns[name]) for name in FACETS}
    names = {name: found for name, (found, _index) in coded.items()}
    source, unit = (coded[name][1] if names[name] else None for name in ("source", "unit"))
    ratings = Ratings(
        coded["ratee"][1],
        coded["rater"][1],
        coded["criterion"][1],
        np.array([float(score) for score in inputs.columns["score"]]),
        len(names["ratee"]),
        len(names["rater"]),
        len(names["criterion"]),
        source,
        unit,
        len(names["source"]),
        len(names["unit"]),
    )
    return Named(ratings, names)


def estimate(
    named: Named, model: Model, weights: Mapping[str, Mapping[str, float]], *, watch: Watch = lambda: None
) -> Estimate:
    """Fit the model; `watch` is called again and again and may raise to stop the work.

    `weights` of `source` and `criterion` by name are those of the fair scores; the facets model has none.
    Raises `RatingError` when the marks cannot carry it.
    """
    if model == Model.FACETS:
        return _by_facets(named)
    fit = fit_hierarchical(named.ratings, watch=watch)
    report = report_hierarchical(fit, Weights(*(_in_order(weights, named, facet) for facet in WEIGHTED)))
    tables = {name: getattr(report, name) for name in FACETS}
    errors = report.fair_se
    return Estimate(
        named,
        tables,
        posterior_of(fit),
        report.ratee.fair,
        errors,
        report.ratee.subset,
        _only_outermost(named.ratings),
        ratee_reliability(fit),
        {effect.value: sd for effect, sd in fit.spread.sd.items()},
        _per_logit(report.ratee, errors),
        fit.log_likelihood,
        fit.iterations,
        fit.converged,
        fit,
    )


def _in_order(weights: Mapping[str, Mapping[str, float]], named: Named, facet: str) -> FloatArray:
    return np.array([weights[facet][name] for name in named.names[facet]])


def _by_facets(named: Named) -> Estimate:
    ratings = named.ratings
    people = np.unique(ratings.rater * ratings.n_ratees + ratings.ratee) // ratings.n_ratees
    sees_several = np.bincount(people, minlength=ratings.n_raters) > 1
    if sees_several[ratings.rater].mean() < LEAST_LINKED:
        raise UnlinkedError
    fit: FacetsFit = fit_facets(named.ratings)
    ratees = fit.tables[0]
    errors = facets_fair_errors(fit)
    return Estimate(
        named,
        dict(zip(("ratee", "rater", "criterion"), fit.tables, strict=True)),
        Posterior.independent(ratees.measure, ratees.se),
        ratees.fair,
        errors,
        ratees.subset,
        np.asarray(ratees.extreme != 0),
        separation(ratees.measure, ratees.se).reliability,
        {name: float(np.std(table.measure)) for name, table in zip(FACETS, fit.tables, strict=False)},
        _per_logit(ratees, errors),
        fit.log_likelihood,
        fit.iterations,
        fit.converged,
        None,
    )


def _only_outermost(ratings: Ratings) -> BoolArray:
    """Ratees with only the highest, or only the lowest, of the marks in use."""
    outer = [
        np.bincount(ratings.ratee, ratings.mark == edge, minlength=ratings.n_ratees)
        for edge in (ratings.mark.min(), ratings.mark.max())
    ]
    n = np.bincount(ratings.ratee, minlength=ratings.n_ratees)
    return np.asarray((outer[0] == n) | (outer[1] == n))


def _per_logit(ratees: FacetTable, fair_errors: FloatArray) -> float:
    """The middle of what an error in logits is in scores, over what it is in logits."""
    known = ratees.se > 0
    return float(np.median(fair_errors[known] / ratees.se[known])) if known.any() else 0.0


def _code(cells: Sequence[str]) -> tuple[list[str], IndexArray]:
    names = sorted(set(cells) - {""})
    index = {name: number for number, name in enumerate(names)}
    index[""] = -1
    return names, np.array([index[cell] for cell in cells], dtype=np.intp)
