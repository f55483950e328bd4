"""What keeps the climbs safe: shortened steps, refusals where the marks decide nothing, limits of size."""

from dataclasses import replace

import numpy as np
import pytest
from tests.algorithms.rating.rating_sets import make_ratings, ptam4, simulated

from secondment.algorithms.rating import joint, laplace, marginal
from secondment.algorithms.rating.arrow import State
from secondment.algorithms.rating.campaign import lay_out
from secondment.algorithms.rating.design import Parameters, evaluate
from secondment.algorithms.rating.facets import Method, fit_facets
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import report_hierarchical
from secondment.algorithms.rating.laplace import find_mode, members_of, prior_precision
from secondment.algorithms.rating.newton import newton_step
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

SMALL = CampaignDesign(n_ratees=25, n_host_raters=4, n_common=4, n_common_each=2, n_criteria=3)


def test_the_joint_climb_reaches_the_same_top_from_far_away() -> None:
    fit = fit_facets(simulated(1))
    design = fit.core.design
    far = tuple(np.random.default_rng(0).uniform(-6, 6, size) for size in design.sizes)
    held = tuple(np.arange(size) < (0 if number == 0 else 1) for number, size in enumerate(design.sizes))
    found = joint.climb(design, Parameters(far, design.scale.flat()), held)  # type: ignore[arg-type]
    assert found.converged
    assert found.at.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-7)


def test_a_step_that_only_falls_is_not_taken() -> None:
    fit = fit_facets(simulated(1))
    design, top = fit.core.design, fit.parameters
    held = tuple(np.zeros(size, dtype=bool) for size in design.sizes)
    at = evaluate(design, top)
    down = joint.Step((np.linspace(-3, 3, 12), np.zeros(5), np.zeros(3)), np.zeros_like(top.kappa))
    parameters, _, moved = joint._move(design, top, replace(at, log_likelihood=at.log_likelihood + 1), down)
    assert moved == 0
    assert parameters is top
    with pytest.raises(RatingError, match="do not determine all measures"):
        newton_step(design, replace(at, variance=0 * at.variance), held)  # type: ignore[arg-type]
    with pytest.raises(RatingError, match="do not determine all measures"):
        newton_step(design, replace(at, step_information=-at.step_information), held)  # type: ignore[arg-type]


def test_the_marginal_climb_takes_no_step_that_falls() -> None:
    fit = fit_facets(simulated(1), method=Method.MML)
    model = marginal._Marginal(fit.core.design, Parameters(fit.parameters.facets, fit.parameters.kappa))
    vector = np.zeros(2 + 5 + 3 + 2)
    posterior = model.posterior(vector)
    above = replace(posterior, log_likelihood=posterior.log_likelihood + 1)
    away = np.zeros(len(vector))
    away[2] = 100.0
    stayed, same, moved = marginal._move(model, vector, above, away)
    assert (stayed is vector, same is above, moved) == (True, True, 0)


def test_ratees_who_do_not_differ_get_the_smallest_sd() -> None:
    """Each ratee gets the same marks from other raters."""
    ratee, rater, criterion = (index.ravel() for index in np.indices((8, 4, 2)))
    marks = (ratee + rater + criterion) % 2
    fit = fit_facets(make_ratings(ratee, rater, criterion, marks), method=Method.MML)
    assert fit.converged
    assert fit.ratee_sd == pytest.approx(0.01)
    np.testing.assert_allclose(fit.tables[0].measure, 0, atol=1e-6)


def test_marginal_estimation_refuses_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marginal, "MOST_PARAMETERS", 3)
    with pytest.raises(RatingError, match="too large; use the method jmle"):
        fit_facets(ptam4(), method=Method.MML)


def test_the_mode_is_found_from_far_away() -> None:
    campaign = lay_out(simulate_campaign(SMALL, 1).ratings)
    members = members_of(campaign)
    precision = prior_precision(campaign, members, np.zeros(len(members)))
    random = np.random.default_rng(0)
    parts = (precision.cells, precision.ratees, precision.border)
    near = State(*(0 * part for part in parts))
    far = State(*(random.uniform(-4, 4, part.shape) for part in parts))
    one, other = find_mode(campaign, precision, near), find_mode(campaign, precision, far)
    assert other.log_marginal == pytest.approx(one.log_marginal, abs=1e-6)
    down = State(0 * near.cells, 0 * near.ratees + 1, 0 * near.border)
    height = 1e9
    assert laplace._share_that_climbs(campaign, precision, near, down, height) == 0


def test_effects_that_do_not_settle_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laplace, "MOST_STEPS", 1)
    with pytest.raises(RatingError, match="did not settle within 1 steps"):
        fit_hierarchical(simulate_campaign(SMALL, 1).ratings)


def test_a_source_with_a_criterion_of_its_own_shows_in_its_error() -> None:
    made = simulate_campaign(SMALL, 2).ratings
    assert made.source is not None
    mine = (made.criterion == 0) == (made.source == 1)
    mine &= made.criterion < 2
    _, rater = np.unique(made.rater[mine], return_inverse=True)
    kept = replace(
        made,
        ratee=made.ratee[mine],
        rater=rater,
        criterion=made.criterion[mine],
        mark=made.mark[mine],
        source=made.source[mine],
        unit=made.unit[mine] if made.unit is not None else None,
        n_raters=int(rater.max()) + 1,
        n_criteria=2,
    )
    report = report_hierarchical(fit_hierarchical(kept))
    assert np.isfinite(report.ratee.measure).all()
    assert report.source.se.min() > 3


def test_marks_without_source_and_unit_can_be_fitted_all_the_same() -> None:
    made = simulate_campaign(SMALL, 3).ratings
    fit = fit_hierarchical(replace(made, source=None, unit=None, n_sources=0, n_units=0))
    assert not fit.campaign.has_unit_effects
    assert np.isfinite(fit.merit).all()


def test_a_village_outsiders_give_only_top_marks_is_flagged_and_finite() -> None:
    """Its own people disagree among themselves, so no element is extreme; the village as a whole is."""
    ratings = simulated(5)
    own, outside = np.array([0, 1, 2, 3, 2, 1]), np.full(6, 3)
    ratee = np.concatenate([ratings.ratee, np.full(12, 12)])
    rater = np.concatenate([ratings.rater, [5, 5, 5, 6, 6, 6], [0, 0, 0, 1, 1, 1]])
    criterion = np.concatenate([ratings.criterion, [0, 1, 2] * 4])
    marks = np.concatenate([ratings.mark, own, outside])
    fit = fit_facets(make_ratings(ratee, rater, criterion, marks))
    assert fit.converged
    assert fit.tables[0].extreme.tolist() == [0] * 12 + [1]
    assert fit.tables[1].extreme.tolist() == [0] * 5 + [-1] * 2
    assert fit.tables[0].measure.argmax() == 12
    assert fit.tables[0].measure[12] < 12
    without = fit_facets(ratings)
    np.testing.assert_allclose(
        np.diff(fit.tables[0].measure[:12]), np.diff(without.tables[0].measure), atol=0.1
    )
