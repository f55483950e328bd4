"""Against a model of another kind, and what shifting marks must and must not do."""

import numpy as np
import pytest
from scipy import optimize
from scipy.special import expit
from tests.algorithms.rating.rating_sets import make_ratings, ptam4, ratings2, simulated

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.facets import Method, fit_facets
from secondment.algorithms.rating.ratings import Ratings
from secondment.algorithms.rating.scale import ScaleKind


def cumulative_severities(ratings: Ratings) -> FloatArray:
    """Rater severities of a cumulative-logit model with normal ratees: plain likelihood on two dozen fixed nodes.

    It shares nothing with the engine but the data: another link, another integration, another optimiser.
    """
    values, category = np.unique(ratings.mark, return_inverse=True)
    nodes, weights = np.polynomial.hermite_e.hermegauss(24)
    log_weight = np.log(weights / weights.sum())
    n_raters, n_criteria, n_steps = ratings.n_raters, ratings.n_criteria, len(values) - 1
    cells = np.zeros((ratings.n_ratees, n_raters, n_criteria, len(values)))
    np.add.at(cells, (ratings.ratee, ratings.rater, ratings.criterion, category), 1)
    given = cells.reshape(ratings.n_ratees, -1)

    def deviance(vector: FloatArray) -> float:
        severity, rest = vector[:n_raters], vector[n_raters + n_criteria - 1 :]
        difficulty = np.append(0.0, vector[n_raters : n_raters + n_criteria - 1])
        cuts = np.cumsum(np.append(rest[0], np.exp(rest[1:n_steps])))
        merit = np.exp(rest[-1]) * nodes - severity[:, None, None] - difficulty[:, None]
        above = expit(merit[:, :, None, :] - cuts[:, None])
        certain = np.ones_like(above[:, :, :1])
        edges = np.concatenate([certain, above, 0 * certain], axis=2)
        each = np.log(np.maximum(-np.diff(edges, axis=2), 1e-300)).reshape(-1, len(nodes))
        # The raters' level is fixed by a small penalty; only differences are compared.
        return float(-np.logaddexp.reduce(given @ each + log_weight, axis=1).sum() + severity.mean() ** 2)

    start = np.zeros(n_raters + n_criteria - 1 + n_steps + 1)
    start[n_raters + n_criteria - 1] = -2.0
    found = optimize.minimize(deviance, start, method="BFGS", options={"gtol": 0.05})
    return np.asarray(found.x[:n_raters])


@pytest.mark.parametrize("load", [ptam4, ratings2])
def test_severities_keep_the_order_and_spread_of_a_cumulative_model(load) -> None:
    ratings = load()
    severity = fit_facets(ratings, method=Method.MML).tables[1].measure
    other = cumulative_severities(ratings)
    assert np.corrcoef(severity, other)[0, 1] >= 0.998
    assert other.std() / severity.std() == pytest.approx(1.21, abs=0.02)


def test_shifting_the_marks_of_a_form_with_its_own_scale_changes_no_measure() -> None:
    """The gauge of one rater: where thresholds are shared a constant on one rater's marks is no pure severity, so that
    rater's form must have its own steps."""
    ratings = simulated(8, n_raters=4)
    form = ratings.rater
    marks = ratings.mark + np.where(form == 2, 1.0, 0.0)
    one, other = (
        fit_facets(make_ratings(ratings.ratee, ratings.criterion, form, own), kind=ScaleKind.PARTIAL_CREDIT)  # type: ignore[arg-type]
        for own in (ratings.mark, marks)
    )
    for before, after in zip(one.tables, other.tables, strict=True):
        np.testing.assert_allclose(before.measure, after.measure, atol=1e-6)
        np.testing.assert_allclose(before.se, after.se, atol=1e-6)
    assert (other.tables[0].fair > one.tables[0].fair).all()


def test_a_constant_on_one_raters_marks_moves_that_rater_most() -> None:
    """On a shared scale the others move too, but less than half as much."""
    ratings = simulated(8, top=6)
    shifted = ratings.mark + np.where(ratings.rater == 2, 1.0, 0.0)
    before = fit_facets(ratings).tables[1].measure
    after = (
        fit_facets(make_ratings(ratings.ratee, ratings.rater, ratings.criterion, shifted)).tables[1].measure
    )  # type: ignore[arg-type]
    change = (after - after[[0, 1, 3, 4]].mean()) - (before - before[[0, 1, 3, 4]].mean())
    assert change[2] < 0
    assert np.abs(np.delete(change, 2)).max() < abs(change[2]) / 2
