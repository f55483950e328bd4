"""Fair marks of the hierarchical model: means over all raters, in the weights of sources and criteria."""

from dataclasses import replace

import numpy as np
import pytest
from tests.algorithms.rating.rating_sets import make_ratings

from secondment.algorithms.rating.campaign import Effect
from secondment.algorithms.rating.fair_scores import Weights, shares_of, spreads_of_sources
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import report_hierarchical
from secondment.algorithms.rating.ratings import Ratings
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

DESIGN = CampaignDesign(n_ratees=60, n_host_raters=12, n_common=6, n_criteria=4)


def plain_means(ratings: Ratings, source: np.ndarray, criterion: np.ndarray) -> np.ndarray:
    """Of every ratee the weighted mean over sources and criteria, as the tally counts it."""
    total = np.zeros(ratings.n_ratees)
    for of_source, by in enumerate(source / source.sum()):
        for of_criterion, weight in enumerate(criterion / criterion.sum()):
            mine = (ratings.source == of_source) & (ratings.criterion == of_criterion)
            n = np.bincount(ratings.ratee[mine], minlength=ratings.n_ratees)
            marks = np.bincount(ratings.ratee[mine], ratings.mark[mine], minlength=ratings.n_ratees)
            total += by * weight * marks / n
    return total


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(
    ("source", "criterion"), [([1, 1], [1, 1, 1, 1]), ([9, 1], [1, 2, 3, 10]), ([1, 9], [10, 3, 2, 1])]
)
def test_fair_marks_stand_on_the_level_of_the_plain_means(seed: int, source, criterion) -> None:
    ratings = simulate_campaign(replace(DESIGN, ratee_sd=1.5), seed).ratings
    weights = Weights(np.array(source, dtype=float), np.array(criterion, dtype=float))
    report = report_hierarchical(fit_hierarchical(ratings), weights)
    plain = plain_means(ratings, weights.source, weights.criterion)
    assert report.ratee.fair.mean() == pytest.approx(plain.mean(), abs=0.03)


def test_the_mark_of_the_average_rater_is_another_number() -> None:
    """Near an end of the scale raters who differ pull the mean towards the middle; raters alike do not."""
    scale = report_scale(fit_hierarchical(simulate_campaign(DESIGN, 1).ratings))
    alike = replace(scale, spread=np.zeros(2))
    bottom, top = (scale.marks(ends) - alike.marks(ends) for ends in (np.array([-3.0]), np.array([3.0])))
    assert bottom > 0.04
    assert top < -0.04
    far_apart = replace(scale, spread=2 * scale.spread)
    assert far_apart.marks(np.array([3.0])) < scale.marks(np.array([3.0]))


def test_the_expected_mark_is_the_mean_over_drawn_raters() -> None:
    fit = fit_hierarchical(simulate_campaign(DESIGN, 1).ratings)
    scale = report_scale(fit)
    merit = np.array([-1.0, 0.0, 2.0])
    random = np.random.default_rng(5)
    drawn = np.zeros((3, 40_000))
    for source, criterion in np.ndindex(*scale.share.shape):
        noise = random.normal(0, scale.spread[source], 40_000)
        eta = merit[:, None] + scale.level[source] - scale.difficulty[criterion] + noise
        logits = eta[..., None] * np.arange(4) - scale.kappa
        p = np.exp(logits - logits.max(axis=-1, keepdims=True))
        drawn += scale.share[source, criterion] * (p @ np.arange(1, 5)) / p.sum(axis=-1)
    np.testing.assert_allclose(scale.marks(merit), drawn.mean(axis=1), atol=0.01)
    se = np.array([0.2, 0.3, 0.4])
    expected = (scale.marks(merit + se) - scale.marks(merit - se)) / 2
    np.testing.assert_array_equal(scale.errors(merit, se), expected)


def report_scale(fit):
    """The scale by which a fit is reported."""
    from secondment.algorithms.rating import hierarchical_report as module

    kappa = np.concatenate([[0.0], fit.mode.state.border[fit.campaign.n_border :], [0.0]])
    return module._fair_scale(fit, module._centred_effects(fit), kappa, Weights())


def test_sources_count_in_their_weights_and_criteria_only_where_they_were_judged() -> None:
    ratings = make_ratings([0, 0, 0], [0, 1, 2], [0, 1, 1], [1, 2, 3])
    source = np.array([0, 0, 1])
    share = shares_of(ratings, source, 2, Weights(np.array([3.0, 1.0]), np.array([1.0, 4.0])))
    np.testing.assert_allclose(share, [[0.15, 0.6], [0, 0.25]])
    np.testing.assert_allclose(shares_of(ratings, source, 2, Weights()), [[0.25, 0.25], [0, 0.5]])
    # Nothing that the second source judged has a weight: it counts all of it alike.
    only_first = shares_of(ratings, source, 2, Weights(None, np.array([1.0, 0.0])))
    np.testing.assert_allclose(only_first, [[0.5, 0], [0, 0.5]])
    # Marks without a source come last and have no weight of their own.
    np.testing.assert_allclose(shares_of(ratings, source, 2, Weights(np.array([2.0]))), [[0.5, 0.5], [0, 0]])
    nothing = shares_of(ratings, source, 2, Weights(np.array([0.0, 0.0])))
    np.testing.assert_allclose(nothing, [[0.25, 0.25], [0, 0.5]])


def test_the_spread_of_a_source_is_all_that_differs_in_it() -> None:
    fit = fit_hierarchical(simulate_campaign(DESIGN, 2).ratings)
    sd = fit.spread.sd
    severity = np.zeros(fit.campaign.ratings.n_raters)
    host, common = spreads_of_sources(fit.campaign, sd, severity)
    assert host == pytest.approx(np.hypot(sd[Effect.LOCAL_RATER], sd[Effect.UNIT]))
    assert common == pytest.approx(sd[Effect.IMPRESSION])
    going_round = np.unique(fit.campaign.cell_rater[fit.campaign.cell_source == 1])
    severity[going_round] = np.arange(len(going_round))
    _, common = spreads_of_sources(fit.campaign, sd, severity)
    assert common == pytest.approx(np.hypot(sd[Effect.IMPRESSION], np.std(np.arange(len(going_round)))))
