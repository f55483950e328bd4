"""The many-facet Rasch model: ratee minus rater severity minus criterion difficulty."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.anchors import Anchors, Facets, centred
from secondment.algorithms.rating.core import Core, columns_of, find_core, sizes_of
from secondment.algorithms.rating.design import RATEE, RATER, Parameters
from secondment.algorithms.rating.extremes import place_extremes
from secondment.algorithms.rating.fit_statistics import fair_marks
from secondment.algorithms.rating.joint import climb, standard_errors
from secondment.algorithms.rating.labels import spread_labels, subsets_of_all
from secondment.algorithms.rating.marginal import fit_marginal
from secondment.algorithms.rating.mean_squares import Residuals, fit_mean_squares, residuals
from secondment.algorithms.rating.newton import MOST_DENSE
from secondment.algorithms.rating.patterns import find_patterns, put_together
from secondment.algorithms.rating.ratings import RatingError, Ratings
from secondment.algorithms.rating.scale import ScaleKind
from secondment.algorithms.rating.subsets import Connection, connect


class Method(StrEnum):
    """Joint maximum likelihood, or marginal over a normal population of ratees."""

    JMLE = "jmle"
    MML = "mml"


class Link(StrEnum):
    """The assumption that makes unconnected subsets comparable; none is the default and claims nothing."""

    NONE = "none"
    EQUAL_RATERS = "equal-raters"
    EQUAL_RATEES = "equal-ratees"


ASSUMPTIONS = {
    Link.EQUAL_RATERS: "the raters of every subset are on average equally severe",
    Link.EQUAL_RATEES: "the ratees of every subset are on average equally good",
}


@dataclass(frozen=True)
class FacetTable:
    """One facet's elements: measure and standard error in logits, fit, marks given, subset, fair mark.

    `extreme` is +1 (-1) for only top (bottom) marks, or for a group that only outside marks of that kind tie to
    the rest; the value is then finite by convention. `infit` and `outfit` are nan for elements outside the likelihood.
    """

    measure: FloatArray
    se: FloatArray
    infit: FloatArray
    outfit: FloatArray
    n: IndexArray
    subset: IndexArray
    fair: FloatArray
    extreme: IndexArray


@dataclass(frozen=True)
class FacetsFit:
    """The fitted model; `thresholds` has one row per threshold group, nan beyond its last step."""

    tables: tuple[FacetTable, FacetTable, FacetTable]
    thresholds: FloatArray
    marks: FloatArray
    n_subsets: int
    assumption: str
    log_likelihood: float
    iterations: int
    converged: bool
    ratee_sd: float | None
    core: Core
    parameters: Parameters


def fit_facets(
    ratings: Ratings,
    *,
    kind: ScaleKind = ScaleKind.RATING,
    method: Method = Method.JMLE,
    anchors: Anchors | None = None,
    link: Link = Link.NONE,
    most_iterations: int = 100,
    most_dense: int = MOST_DENSE,
) -> FacetsFit:
    """Fit the model; raters and criteria are centred at 0 per subset, ratees carry the level.

    Elements with only top or bottom marks do not enter the likelihood; they get the value at which the
    expected score lies 0.3 points inside the range, and a flag. Raises `RatingError` when nothing can be fitted.
    Source: Linacre (1989), Many-Facet Rasch Measurement.
    """
    anchors = anchors or Anchors.none(ratings)
    keep_ratees = np.full(ratings.n_ratees, method is Method.MML)
    core = find_core(ratings, kind, (anchors.held[0] | keep_ratees, *anchors.held[1:]))
    held = in_core(anchors, core)
    connection = connect(core.design.columns, core.design.sizes, held.held)
    if method is Method.MML:
        _check_marginal(connection, link, held)
        found = _fit_marginal(core, held, most_iterations)
    else:
        found = _fit_joint(core, held, connection, most_iterations, most_dense)
    parts = spread_labels(ratings, core, connection.component)
    subsets = subsets_of_all(core, connection, parts)
    measures, errors = _all_elements(ratings, core, found)
    if method is Method.MML:
        parts = (np.zeros_like(parts[0]), np.zeros_like(parts[1]))
    measures = centred(measures, anchors.held, parts)
    if method is Method.JMLE:
        measures = _linked(measures, parts, link)
    return _report(ratings, core, found, measures, errors, subsets, connection, link)


@dataclass(frozen=True)
class _CoreFit:
    parameters: Parameters
    errors: Facets
    log_likelihood: float
    iterations: int
    converged: bool
    ratee_sd: float | None
    extreme: tuple[IndexArray, IndexArray, IndexArray]
    residuals: Residuals


def _with_drift(
    core: Core, drift: tuple[IndexArray, IndexArray, IndexArray]
) -> tuple[IndexArray, IndexArray, IndexArray]:
    """The extreme elements and those of the core that have no finite estimate either."""
    a, b, c = (values.copy() for values in core.extreme)
    for values, member, own in zip((a, b, c), core.members, drift, strict=True):
        values[member] = own
    return a, b, c


def in_core(anchors: Anchors, core: Core) -> Anchors:
    """The anchors of the fitted elements, in the core's numbering."""
    a, b, c = (values[member] for values, member in zip(anchors.facets, core.members, strict=True))
    return Anchors((a, b, c), anchors.thresholds)


def _start(held: Anchors, core: Core) -> Parameters:
    a, b, c = (np.nan_to_num(values) for values in held.facets)
    return Parameters((a, b, c), held.kappa(core.design.scale))


def _fit_joint(
    core: Core, held: Anchors, connection: Connection, most_iterations: int, most_dense: int
) -> _CoreFit:
    a, b, c = (own | pin for own, pin in zip(held.held, connection.pinned, strict=True))
    patterns = find_patterns(core.design, a)
    alike = patterns.class_of_ratee
    one_of = np.unique(alike, return_index=True)[1]
    start, design = _start(held, core), put_together(core.design, patterns)
    found = climb(
        design,
        Parameters((start.facets[0][one_of], *start.facets[1:]), start.kappa),
        (a[one_of], b, c),
        hold_steps=held.thresholds is not None,
        most_iterations=most_iterations,
        most_dense=most_dense,
    )
    ratees, raters, criteria = found.parameters.facets
    errors = standard_errors(design, found.at, patterns.class_size)
    at = Parameters((ratees[alike], raters, criteria), found.parameters.kappa)
    return _CoreFit(
        at,
        (errors[0][alike], *errors[1:]),
        found.at.log_likelihood,
        found.iterations,
        found.converged,
        None,
        _with_drift(core, (found.drift[0][alike], *found.drift[1:])),
        residuals(core.design, at),
    )


def _check_marginal(connection: Connection, link: Link, held: Anchors) -> None:
    if held.held[0].any():
        raise RatingError("ratees cannot be anchored under the method mml; use jmle")
    if connection.n_subsets > 1 and link is not Link.EQUAL_RATEES:
        raise RatingError(
            f"the ratings fall into {connection.n_subsets} subsets without common raters, and the method mml "
            f"would assume that {ASSUMPTIONS[Link.EQUAL_RATEES]}; choose that assumption or use jmle"
        )


def _fit_marginal(core: Core, held: Anchors, most_iterations: int) -> _CoreFit:
    design = core.design
    # To a population all ratees are alike, so they determine nothing: one node represents them all.
    pooled = (np.zeros_like(design.columns[0]), *design.columns[1:])
    own = (np.zeros(1, dtype=bool), *held.held[1:])
    pins = connect(pooled, (1, *design.sizes[1:]), own).pinned
    found = fit_marginal(
        design,
        _start(held, core),
        (own[1] | pins[1], own[2] | pins[2]),
        hold_steps=held.thresholds is not None,
        most_iterations=most_iterations,
    )
    return _CoreFit(
        found.parameters,
        found.errors,
        found.log_likelihood,
        found.iterations,
        found.converged,
        found.ratee_sd,
        core.extreme,
        found.residuals,
    )


def _all_elements(ratings: Ratings, core: Core, found: _CoreFit) -> tuple[Facets, Facets]:
    measures, errors = place_extremes(ratings, core, found.parameters.facets, found.parameters.kappa)
    for error, member, own in zip(errors, core.members, found.errors, strict=True):
        error[member] = own
    return measures, errors


def _linked(measures: Facets, parts: tuple[IndexArray, IndexArray], link: Link) -> Facets:
    """Under equal ratees every connected part's ratees get one mean; equal raters is how parts are centred."""
    a, b, c = measures
    if link is not Link.EQUAL_RATEES:
        return measures
    level = a.mean()
    shift = np.array([level - a[parts[0] == number].mean() for number in range(int(parts[0].max()) + 1)])
    a, b = a + shift[parts[0]], b + shift[parts[1]]
    return a - b.mean(), b - b.mean(), c


def _report(
    ratings: Ratings,
    core: Core,
    found: _CoreFit,
    measures: Facets,
    errors: Facets,
    subsets: tuple[IndexArray, IndexArray],
    connection: Connection,
    link: Link,
) -> FacetsFit:
    criteria = np.zeros(ratings.n_criteria, dtype=np.intp)
    criteria[core.members[2]] = connection.subsets[2]
    labels = (*subsets, criteria)
    fair = _fair(core, found.parameters, measures, labels)
    fits = _mean_squares(core, found.residuals, sizes_of(ratings))
    a, b, c = (
        FacetTable(
            measures[facet],
            errors[facet],
            *fits[facet],
            np.bincount(columns_of(ratings)[facet], minlength=len(measures[facet])),
            labels[facet],
            fair[facet],
            found.extreme[facet],
        )
        for facet in range(3)
    )
    inside = tuple(values[member] for values, member in zip(measures, core.members, strict=True))
    n_subsets = max(int(label.max()) + 1 for label in labels)
    return FacetsFit(
        (a, b, c),
        _thresholds(found.parameters.kappa),
        core.design.scale.marks,
        n_subsets,
        ASSUMPTIONS.get(link, "") if n_subsets > 1 else "",
        found.log_likelihood,
        found.iterations,
        found.converged,
        found.ratee_sd,
        core,
        Parameters((inside[0], inside[1], inside[2]), found.parameters.kappa),
    )


def _thresholds(kappa: FloatArray) -> FloatArray:
    return np.diff(np.where(np.isfinite(kappa), kappa, np.nan), axis=1)


def _fair(core: Core, parameters: Parameters, measures: Facets, labels: tuple[IndexArray, ...]) -> Facets:
    """Fair marks: the other facets at their average, ratees at the average of the element's subset."""
    a, b, c = measures
    scale, kappa = core.design.scale, parameters.kappa
    difficulty = c[core.members[2]]
    level = np.full(max(int(label.max()) for label in labels) + 1, a.mean())
    for number in np.unique(labels[RATEE]):
        level[number] = a[labels[RATEE] == number].mean()
    severity = np.zeros(len(level))
    for number in np.unique(labels[RATER]):
        severity[number] = b[labels[RATER] == number].mean()
    ratees = fair_marks(a - severity[labels[RATEE]], difficulty, scale, kappa)
    raters = fair_marks(level[labels[RATER]] - b, difficulty, scale, kappa)
    criteria = fair_marks(a.mean() - b.mean() - c + difficulty.mean(), difficulty, scale, kappa)
    return ratees, raters, criteria


def _mean_squares(
    core: Core, found: Residuals, sizes: tuple[int, int, int]
) -> list[tuple[FloatArray, FloatArray]]:
    result = []
    for column, member, size in zip(core.design.columns, core.members, sizes, strict=True):
        own = fit_mean_squares(found, column, len(member))
        full = (np.full(size, np.nan), np.full(size, np.nan))
        full[0][member], full[1][member] = own
        result.append(full)
    return result
