"""The hierarchical model: its gradient, its answers on campaigns with known truth, and its honesty."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.rating.rating_sets import make_ratings

from secondment.algorithms.rating import campaign as campaign_module
from secondment.algorithms.rating.arrow import State, curvature, probabilities
from secondment.algorithms.rating.campaign import Effect, lay_out
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import ratee_reliability, report_hierarchical
from secondment.algorithms.rating.laplace import (
    find_mode,
    marginal_gradient,
    members_of,
    posterior_variances,
    prior_precision,
    weak_precision,
)
from secondment.algorithms.rating.ratings import RatingError, Ratings
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

SMALL = CampaignDesign(n_ratees=25, n_host_raters=4, n_common=4, n_common_each=2, n_criteria=3)


def shared_units(seed: int = 1) -> Ratings:
    """Three ratees in each unit, rated by the same four people of the unit, and by inspectors."""
    ratings = simulate_campaign(SMALL, seed).ratings
    assert ratings.unit is not None
    unit = np.where(ratings.unit >= 0, ratings.unit // 3, -1)
    host = unit >= 0
    rater = np.where(host, unit * 4 + ratings.rater % 4, 1000 + ratings.rater)
    _, rater = np.unique(rater, return_inverse=True)
    n_units = int(unit.max()) + 1
    return replace(ratings, unit=unit, n_units=n_units, rater=rater, n_raters=int(rater.max()) + 1)


def dense_curvature(ratings: Ratings) -> tuple[np.ndarray, np.ndarray, object]:
    """The same curvature written out as one matrix, by brute force."""
    campaign = lay_out(ratings)
    precision = prior_precision(campaign, members_of(campaign), np.zeros(len(members_of(campaign))))
    zero = State(*(0 * part for part in (precision.cells, precision.ratees, precision.border)))
    p, _ = probabilities(campaign, zero)
    n_cells, (n_ratees, n_slots) = campaign.n_cells, precision.ratees.shape
    size = n_cells + n_ratees * n_slots + len(precision.border)
    matrix = np.diag(np.concatenate([precision.cells, precision.ratees.ravel(), precision.border]))
    levels = np.arange(p.shape[1])
    for mark in range(len(p)):
        slope = np.zeros((p.shape[1], size))
        cell = campaign.cell[mark]
        slope[:, cell] = levels
        first = n_cells + campaign.cell_ratee[cell] * n_slots
        slope[:, first : first + n_slots] = levels[:, None] * campaign.loads[cell]
        border = n_cells + n_ratees * n_slots
        for column in campaign.border[mark]:
            if column < campaign.n_border:
                slope[:, border + column] += levels
        for step in range(campaign.n_steps):
            slope[step + 1, border + campaign.n_border + step] -= 1
        matrix += slope.T @ (np.diag(p[mark]) - np.outer(p[mark], p[mark])) @ slope
    return matrix, np.linalg.inv(matrix), curvature(campaign, p, precision)


@pytest.mark.parametrize("make", [lambda: simulate_campaign(SMALL, 1).ratings, shared_units])
def test_the_arrow_equals_the_full_matrix(make) -> None:
    matrix, inverse, arrow = dense_curvature(make())
    assert arrow.log_determinant == pytest.approx(np.linalg.slogdet(matrix)[1], abs=1e-7)
    spread = posterior_variances(arrow)
    flat = np.concatenate([spread.cells, spread.ratees.ravel(), spread.border])
    np.testing.assert_allclose(flat, np.diag(inverse), rtol=1e-8)
    random = np.random.default_rng(0)
    right = State(*(random.normal(size=part.shape) for part in (spread.cells, spread.ratees, spread.border)))
    found = arrow.solve(right)
    stacked = np.concatenate([right.cells, right.ratees.ravel(), right.border])
    result = np.concatenate([found.cells, found.ratees.ravel(), found.border])
    np.testing.assert_allclose(result, inverse @ stacked, rtol=1e-7, atol=1e-9)


@settings(max_examples=6)
@given(seed=st.integers(0, 1000), shared=st.booleans())
def test_marginal_gradient_equals_finite_differences(seed: int, shared: bool) -> None:
    ratings = shared_units(seed) if shared else simulate_campaign(SMALL, seed).ratings
    campaign = lay_out(ratings)
    members = members_of(campaign)
    start = weak_precision(campaign)
    start = State(0 * start.cells, 0 * start.ratees, 0 * start.border)
    log_sd = np.random.default_rng(seed).uniform(-1, 0.3, len(members))

    def mode_at(where: np.ndarray):
        return find_mode(campaign, prior_precision(campaign, members, where), start)

    gradient = marginal_gradient(campaign, members, log_sd, mode_at(log_sd))
    for number in range(len(members)):
        change = 1e-4 * np.eye(len(members))[number]
        ends = [mode_at(log_sd + sign * change).log_marginal for sign in (1, -1)]
        assert (ends[0] - ends[1]) / 2e-4 == pytest.approx(gradient[number], abs=2e-4)


def test_intervals_cover_and_the_design_pays_over_a_few_campaigns() -> None:
    covered, correlation = [], []
    for seed in range(3):
        made = simulate_campaign(CampaignDesign(n_ratees=200), seed)
        fit = fit_hierarchical(made.ratings)
        assert fit.converged
        off = fit.merit - fit.merit.mean() - made.merit + made.merit.mean()
        covered.append(np.mean(np.abs(off) < 1.645 * fit.merit_se))
        correlation.append(np.corrcoef(fit.merit, made.merit)[0, 1])
    assert 0.84 <= np.mean(covered) <= 0.94
    assert min(correlation) > 0.88
    assert fit.spread.sd[Effect.RATEE] == pytest.approx(1, abs=0.2)
    assert fit.spread.sd[Effect.UNIT] == pytest.approx(0.7, abs=0.2)
    assert fit.spread.sd[Effect.LOCAL_RATER] == pytest.approx(0.86, abs=0.1)
    assert fit.spread.sd[Effect.IMPRESSION] == pytest.approx(0.5, abs=0.2)
    assert 0.6 < ratee_reliability(fit) < 0.95


def test_unit_leniency_is_found_and_taken_out() -> None:
    made = simulate_campaign(CampaignDesign(n_ratees=120, unit_sd=1.0), 5)
    fit = fit_hierarchical(made.ratings)
    report = report_hierarchical(fit)
    assert np.corrcoef(-report.unit.measure, made.unit_kindness)[0, 1] > 0.8
    host = made.ratings.source == 0
    raw = np.bincount(made.ratings.ratee[host], made.ratings.mark[host])
    assert np.corrcoef(fit.merit, made.merit)[0, 1] > np.corrcoef(raw, made.merit)[0, 1] + 0.1


def test_without_common_raters_leniency_is_not_claimed() -> None:
    made = simulate_campaign(replace(SMALL, n_common_each=0), 2)
    fit = fit_hierarchical(made.ratings)
    report = report_hierarchical(fit)
    assert not fit.campaign.has_unit_effects
    assert np.isnan(report.unit.measure).all()
    assert report.n_subsets == 25
    assert "no common rater links" in report.assumption


def test_units_shared_by_ratees_and_raters_shared_by_units_are_estimated() -> None:
    ratings = shared_units()
    fit = fit_hierarchical(ratings)
    report = report_hierarchical(fit)
    assert set(fit.spread.sd) == {
        Effect.RATEE,
        Effect.UNIT,
        Effect.RATER,
        Effect.LOCAL_RATER,
        Effect.IMPRESSION,
    } or set(fit.spread.sd) == {Effect.RATEE, Effect.UNIT, Effect.RATER, Effect.IMPRESSION}
    assert np.isfinite(report.unit.measure).all()
    assert report.rater.measure.sum() == pytest.approx(0, abs=1e-9)
    assert (report.rater.se > 0).all()


def test_marks_without_a_source_share_one() -> None:
    made = simulate_campaign(SMALL, 3)
    assert made.ratings.source is not None
    blank = np.where(made.ratings.source == 1, -1, 0)
    fit = report_hierarchical(fit_hierarchical(replace(made.ratings, source=blank, n_sources=1)))
    named = report_hierarchical(fit_hierarchical(made.ratings))
    np.testing.assert_allclose(fit.ratee.measure, named.ratee.measure, atol=1e-8)


def test_two_categories_need_no_thresholds() -> None:
    made = simulate_campaign(replace(SMALL, n_categories=2), 4)
    report = report_hierarchical(fit_hierarchical(made.ratings))
    assert report.thresholds.tolist() == [0]
    assert np.isfinite(report.ratee.measure).all()


def test_ratee_order_does_not_matter() -> None:
    made = simulate_campaign(SMALL, 6)
    order = np.random.default_rng(0).permutation(25)
    one = fit_hierarchical(made.ratings)
    other = fit_hierarchical(replace(made.ratings, ratee=order[made.ratings.ratee]))
    np.testing.assert_allclose(other.merit[order], one.merit, atol=1e-3)


def test_all_marks_alike_are_refused() -> None:
    with pytest.raises(RatingError, match="all marks are alike"):
        fit_hierarchical(make_ratings([0, 1], [0, 0], [0, 0], [2, 2]))


def test_a_campaign_too_large_for_one_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign_module, "MOST_BORDER_CELLS", 10)
    with pytest.raises(RatingError, match="too many for one hierarchical fit"):
        fit_hierarchical(simulate_campaign(SMALL, 1).ratings)


@pytest.mark.parametrize("n_ratees", [3, 4, 6])
def test_few_people_keep_honest_intervals(n_ratees: int) -> None:
    """Without the prior of spreads about half of these 90 % intervals miss, because merit's spread collapses."""
    design = CampaignDesign(n_ratees=n_ratees, n_host_raters=12, n_common=6, n_criteria=6, ratee_sd=0.7)
    covered, smallest = [], []
    for seed in range(24):
        made = simulate_campaign(design, seed)
        fit = fit_hierarchical(made.ratings)
        variance = np.diag(fit.own_variance) + fit.common @ fit.common.T
        error = np.sqrt(np.diag(variance)[:, None] + np.diag(variance) - 2 * variance)
        off = (fit.merit[:, None] - fit.merit) - (made.merit[:, None] - made.merit)
        pairs = np.triu_indices(n_ratees, 1)
        covered.append(np.mean(np.abs(off[pairs]) <= 1.645 * error[pairs]))
        smallest.append(min(fit.spread.sd.values()))
    assert np.mean(covered) >= 0.84
    assert min(smallest) > 0.1
