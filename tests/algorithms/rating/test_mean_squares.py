"""Infit and outfit: 1 where the model holds, and residuals over a posterior against plain integration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.rating.rating_sets import simulated
from tests.algorithms.rating.test_marginal_grid import design_of, model_of, some_vector

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating import mean_squares
from secondment.algorithms.rating.design import category_probabilities
from secondment.algorithms.rating.facets import Method, fit_facets
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import report_hierarchical
from secondment.algorithms.rating.marginal import _Marginal
from secondment.algorithms.rating.mean_squares import (
    expected_residuals,
    fit_mean_squares,
    normal_residuals,
    residuals,
)
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign


def moments(eta: FloatArray, kappa: FloatArray, category: int) -> FloatArray:
    """Squared residual, variance and ratio at each predictor."""
    p, _ = category_probabilities(eta, kappa[None, :])
    levels = np.arange(len(kappa))
    mean = p @ levels
    variance = p @ levels**2 - mean**2
    square = (category - mean) ** 2
    return np.stack([square, variance, square / variance])


def integrated(model: _Marginal, vector: FloatArray) -> FloatArray:
    """The same over each ratee's posterior, by brute force on a fixed grid of merits; (3, n_marks)."""
    design, merits = model.design, np.linspace(-12, 12, 4_001)
    at = model.parameters(vector, np.zeros(0))
    ratee, rater, criterion = design.columns
    found = np.empty((3, len(ratee)))
    for who in range(design.sizes[0]):
        mine = np.flatnonzero(ratee == who)
        etas = [merits - at.facets[1][rater[k]] - at.facets[2][criterion[k]] for k in mine]
        kappas = [at.kappa[design.group[k]] for k in mine]
        density = np.exp(-0.5 * ((merits - vector[0]) / np.exp(vector[1])) ** 2)
        for k, eta, kappa in zip(mine, etas, kappas, strict=True):
            density *= category_probabilities(eta, kappa[None, :])[0][:, design.category[k]]
        density /= density.sum()
        for k, eta, kappa in zip(mine, etas, kappas, strict=True):
            found[:, k] = moments(eta, kappa, int(design.category[k])) @ density
    return found


@settings(max_examples=15)
@given(st.integers(0, 999), st.sampled_from([0.5, 1.0]), st.sampled_from([1, 40, 4_000_000]))
def test_residuals_over_a_posterior_are_those_of_plain_integration(
    seed: int, keep: float, most_cells: int
) -> None:
    model = model_of(design_of(simulated(seed, n_ratees=7, n_raters=3, n_criteria=2, keep=keep)))
    vector = some_vector(model, seed, -0.2)
    posterior = model.posterior(vector)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mean_squares, "MOST_CELLS", most_cells)
        found = expected_residuals(model.design, model.patterns, posterior.tables, posterior.weights)
    every = np.stack([found.squares, found.variance, found.ratio])
    np.testing.assert_allclose(every, integrated(model, vector), rtol=1e-5, atol=1e-7)


@settings(max_examples=15)
@given(st.floats(-2, 2), st.floats(0.0, 0.6), st.integers(0, 3))
def test_residuals_of_a_normal_predictor_are_those_of_plain_integration(
    eta: float, noise: float, category: int
) -> None:
    kappa = np.array([0.0, -1.0, -0.5, 0.0])
    z = np.linspace(-9, 9, 20_001)
    density = np.exp(-0.5 * z**2)
    expected = moments(eta + np.sqrt(noise) * z, kappa, category) @ (density / density.sum())
    found = normal_residuals(np.array([category]), np.array([eta]), np.array([noise]), kappa[None, :])
    np.testing.assert_allclose(
        np.concatenate([found.squares, found.variance, found.ratio]), expected, rtol=2e-3
    )


def test_marginal_fit_is_one_where_the_model_holds() -> None:
    fit = fit_facets(simulated(5, n_ratees=600, n_raters=3, n_criteria=3), method=Method.MML)
    raters, criteria = fit.tables[1:]
    for values in (raters.infit, raters.outfit, criteria.infit, criteria.outfit):
        np.testing.assert_allclose(values, 1.0, atol=0.05)
        assert abs(values.mean() - 1) < 0.01
    # At the posterior means the same marks look more orderly than the model: the bias that is taken out.
    at_means = residuals(fit.core.design, fit.parameters)
    infit, _ = fit_mean_squares(at_means, fit.core.design.columns[1], 3)
    assert infit.mean() < 0.95


def test_hierarchical_fit_is_near_one_where_the_model_holds() -> None:
    """The normal posterior at the mode leaves it a little low; at the mode itself it would be two thirds."""
    design = CampaignDesign(n_ratees=25, n_host_raters=4, n_common=4, n_common_each=2, n_criteria=3)
    report = report_hierarchical(fit_hierarchical(simulate_campaign(design, 3).ratings))
    for table in (report.ratee, report.criterion):
        assert 0.88 < np.nanmean(table.infit) < 1.05
        assert 0.88 < np.nanmean(table.outfit) < 1.05
