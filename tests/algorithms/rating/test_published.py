"""Checks with answers published or computed by other programs."""

import numpy as np
import pytest
from tests.algorithms.rating.rating_sets import guilford, ptam4, ratings2

from secondment.algorithms.rating.design import linear_predictor
from secondment.algorithms.rating.facets import FacetsFit, Method, fit_facets
from secondment.algorithms.rating.fit_statistics import Separation, agreement, expected_mark, separation
from secondment.algorithms.rating.scale import ScaleKind


@pytest.fixture(scope="module")
def creativity() -> FacetsFit:
    return fit_facets(guilford())


def test_guilford_log_likelihood_equals_the_one_of_vglm(creativity: FacetsFit) -> None:
    assert creativity.log_likelihood == pytest.approx(-165.68498402, abs=1e-7)
    assert creativity.converged
    assert creativity.n_subsets == 1


def test_guilford_juniors(creativity: FacetsFit) -> None:
    juniors = creativity.tables[0]
    expected = [-0.0715, 0.6638, -0.2554, -0.4815, 0.4407, -0.5841, 0.2880]
    np.testing.assert_allclose(juniors.measure - juniors.measure.mean(), expected, atol=1e-3)
    assert juniors.se.min() == pytest.approx(0.174, abs=1e-3)
    assert juniors.se.max() == pytest.approx(0.187, abs=1e-3)
    assert juniors.infit[4] == pytest.approx(1.99, abs=0.01)
    assert juniors.infit[0] == pytest.approx(0.24, abs=0.01)


def test_guilford_judges(creativity: FacetsFit) -> None:
    judges = creativity.tables[1]
    # The published values put the juniors' mean at 0; ours centre the judges.
    shift = creativity.tables[0].measure.mean()
    np.testing.assert_allclose(judges.measure - shift, [0.0397, 0.2454, -0.0960], atol=1e-3)
    np.testing.assert_allclose(judges.se, 0.117, atol=1.1e-3)
    assert judges.infit[1] == pytest.approx(1.48, abs=0.01)
    assert judges.measure.sum() == pytest.approx(0, abs=1e-12)


def test_guilford_traits_and_raw_scores(creativity: FacetsFit) -> None:
    traits = creativity.tables[2].measure
    np.testing.assert_allclose(traits, [-0.280, -0.147, 0.211, -0.302, 0.518], atol=1e-3)
    ratings = guilford()
    assert np.bincount(ratings.ratee, ratings.mark).tolist() == [70, 94, 64, 57, 87, 54, 82]
    assert np.bincount(ratings.rater, ratings.mark).tolist() == [171, 156, 181]


def test_guilford_fair_marks(creativity: FacetsFit) -> None:
    juniors, judges, _ = (table.fair for table in creativity.tables)
    np.testing.assert_allclose(juniors, [4.64, 6.31, 4.22, 3.75, 5.83, 3.55, 5.48], atol=0.01)
    np.testing.assert_allclose(judges[1:], [4.38, 5.18], atol=0.01)


def test_guilford_expected_mark_of_one_combination(creativity: FacetsFit) -> None:
    eta = creativity.tables[0].measure[4] - creativity.tables[1].measure[2] - creativity.tables[2].measure[0]
    scale = creativity.core.design.scale
    mark = expected_mark(np.array([eta]), scale, creativity.parameters.kappa, 0)
    assert mark[0] == pytest.approx(6.74, abs=0.01)


def test_guilford_separation_and_agreement(creativity: FacetsFit) -> None:
    juniors = separation(creativity.tables[0].measure, creativity.tables[0].se)
    assert juniors.separation == pytest.approx(2.25, abs=0.01)
    assert juniors.strata == pytest.approx(3.34, abs=0.01)
    assert juniors.reliability == pytest.approx(0.835, abs=0.001)
    judges = separation(creativity.tables[1].measure, creativity.tables[1].se)
    assert judges.separation == pytest.approx(0.66, abs=0.01)
    assert judges.reliability == pytest.approx(0.31, abs=0.01)
    assert (judges.chi_square, judges.df) == (pytest.approx(4.3, abs=0.01), 2)
    assert judges.p_value == pytest.approx(0.1165, abs=1e-3)
    exact, pairs, expected = agreement(creativity.core.design, creativity.parameters)
    assert (exact, pairs) == (33, 105)
    assert expected / pairs == pytest.approx(0.257, abs=0.001)


def test_separation_formulas_reproduce_the_published_essay_table() -> None:
    # RMSE .08 and true SD .17 are printed with two digits; separation 2.17, strata 3.22, reliability .82.
    spread = np.array([1.0, -1.0]) * np.hypot(0.08, 2.17 * 0.08)
    found = separation(spread, np.full(2, 0.08))
    assert found.separation == pytest.approx(2.17)
    assert found.strata == pytest.approx(3.2267, abs=1e-4)
    assert found.reliability == pytest.approx(0.825, abs=1e-3)


def test_separation_of_one_element_claims_nothing() -> None:
    found = separation(np.zeros(1), np.full(1, 0.1))
    assert found == Separation(0, pytest.approx(1 / 3), 0, 0, 0)
    assert found.p_value == 1


def test_ptam4_log_likelihood_without_its_seven_extreme_ratees() -> None:
    fit = fit_facets(ptam4())
    assert fit.log_likelihood == pytest.approx(-1427.9667315589, abs=1e-6)
    extreme = fit.tables[0].extreme
    assert int(np.abs(extreme).sum()) == 7
    assert np.isfinite(fit.tables[0].measure).all()
    assert np.isnan(fit.tables[0].infit[extreme != 0]).all()


@pytest.mark.parametrize(
    ("ratings", "deviance"),
    [(guilford, 350.8577), (ptam4, 3450.6429), (ratings2, 3929.2247)],
    ids=["guilford", "ptam4", "ratings2"],
)
def test_marginal_deviance_equals_two_other_programs(ratings: object, deviance: float) -> None:
    fit = fit_facets(ratings(), method=Method.MML)  # type: ignore[operator]
    assert fit.converged
    assert -2 * fit.log_likelihood == pytest.approx(deviance, abs=2e-3)


def test_scores_are_reproduced_exactly_by_the_joint_fit(creativity: FacetsFit) -> None:
    """At the maximum every element's observed raw score equals its expected one."""
    design, parameters = creativity.core.design, creativity.parameters
    marks = expected_mark(linear_predictor(design, parameters), design.scale, parameters.kappa, 0)
    ratings = guilford()
    np.testing.assert_allclose(
        np.bincount(ratings.ratee, marks), np.bincount(ratings.ratee, ratings.mark), atol=1e-6
    )


@pytest.mark.parametrize("method", list(Method))
def test_partial_credit_fits_no_worse_than_one_scale(method: Method) -> None:
    one = fit_facets(ptam4(), method=method)
    own = fit_facets(ptam4(), method=method, kind=ScaleKind.PARTIAL_CREDIT)
    assert own.log_likelihood > one.log_likelihood
    assert own.thresholds.shape == (3, 3)
    np.testing.assert_allclose(own.thresholds.sum(axis=1), 0, atol=1e-9)
