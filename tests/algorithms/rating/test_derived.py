"""Ranking, composites, weights, coefficients and growth: exact values, published answers, properties."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.rating.rating_sets import FOLDER

from secondment.algorithms.rating.coefficients import (
    Level,
    cronbach_alpha,
    intraclass_correlations,
    krippendorff_alpha,
)
from secondment.algorithms.rating.composite import NOT_ASSESSABLE, VETOED, Parts, compose, indicator_score
from secondment.algorithms.rating.generalizability import VarianceComponents, variance_components
from secondment.algorithms.rating.growth import Occasion, measure_growth
from secondment.algorithms.rating.ranking import Posterior, Standing, beats, rank, tie_bands
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.weights import (
    Contradiction,
    group_judgements,
    pairwise_weights,
    whole_percent,
    worst_contradiction,
)


def test_two_equal_people_share_the_chance_and_a_certain_one_has_it() -> None:
    ranking = rank(Posterior.independent(np.array([0.0, 0.0, -50.0]), np.ones(3)), 1)
    np.testing.assert_allclose(ranking.top_probability, [0.5, 0.5, 0], atol=0.03)
    assert ranking.rank_low.tolist() == [1, 1, 3]
    assert ranking.rank_high.tolist() == [2, 2, 3]
    assert ranking.band.tolist() == [0, 0, 1]
    assert ranking.standing == [Standing.COMMITTEE, Standing.COMMITTEE, Standing.OUT]
    sure = rank(Posterior.independent(np.array([50.0, 0.0]), np.ones(2)), 1)
    assert sure.standing == [Standing.IN, Standing.OUT]


def test_beating_is_the_normal_probability_of_the_difference() -> None:
    posterior = Posterior.independent(np.array([1.0, 0.0]), np.array([0.6, 0.8]))
    found = beats(posterior, np.array([0, 1]), np.array([1, 0]))
    np.testing.assert_allclose(found, [0.841345, 0.158655], atol=1e-6)


def test_an_error_all_have_in_common_cancels() -> None:
    alone = Posterior.independent(np.array([1.0, 0.0, -1.0]), np.full(3, 0.5))
    common = Posterior(alone.mean, alone.own_variance, np.full((3, 1), 10.0))
    one, two = np.array([0, 1]), np.array([1, 2])
    np.testing.assert_allclose(beats(common, one, two), beats(alone, one, two), atol=1e-12)
    np.testing.assert_allclose(rank(common, 1).top_probability, rank(alone, 1).top_probability, atol=0.03)


def test_an_impossible_top_share_is_refused() -> None:
    with pytest.raises(RatingError, match="between 1 and 1 ratees, not 2"):
        rank(Posterior.independent(np.zeros(2), np.ones(2)), 2)


@settings(max_examples=25)
@given(st.lists(st.floats(-3, 3), min_size=3, max_size=8), st.floats(0.05, 2))
def test_chances_of_the_top_add_up_and_intervals_hold_the_order(means: list[float], error: float) -> None:
    posterior = Posterior.independent(np.array(means), np.full(len(means), error))
    ranking = rank(posterior, 2, n_draws=400)
    assert ranking.top_probability.sum() == pytest.approx(2)
    assert (ranking.rank_low <= ranking.rank_high).all()
    order = np.argsort(-posterior.mean, kind="stable")
    assert (np.diff(ranking.band[order]) >= 0).all()
    assert tie_bands(posterior, level=0.4999)[order[0]] == 0


SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)


def test_intraclass_correlations_of_shrout_and_fleiss() -> None:
    found = intraclass_correlations(SHROUT_FLEISS)
    assert found.one_way == pytest.approx(0.17, abs=0.005)
    assert found.two_way_random == pytest.approx(0.29, abs=0.005)
    assert found.two_way_mixed == pytest.approx(0.71, abs=0.006)
    assert found.one_way_k == pytest.approx(0.44, abs=0.005)
    assert found.two_way_random_k == pytest.approx(0.62, abs=0.005)
    assert found.two_way_mixed_k == pytest.approx(0.91, abs=0.005)


def test_alpha_is_the_consistency_form_of_the_intraclass_correlation() -> None:
    assert cronbach_alpha(SHROUT_FLEISS) == pytest.approx(
        intraclass_correlations(SHROUT_FLEISS).two_way_mixed_k
    )


def test_wine_judges_means() -> None:
    with (FOLDER / "ordinal_wine.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    table = np.zeros((8, 9))
    for row in rows:
        table[int(row["bottle"]) - 1, int(row["judge"]) - 1] = float(row["rating"])
    expected = [3.75, 2.62, 3.50, 2.88, 3.00, 3.12, 2.00, 2.75, 2.62]
    np.testing.assert_allclose(table.mean(axis=0), expected, atol=0.0051)
    assert 0 < krippendorff_alpha(table, Level.ORDINAL) < intraclass_correlations(table).two_way_mixed


@pytest.mark.parametrize(
    ("level", "alpha"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)]
)
def test_krippendorffs_own_example(level: Level, alpha: float) -> None:
    no = np.nan
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, no, no, no],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, no, 3],
        [no, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, no],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, no],
    ]
    assert krippendorff_alpha(np.array(observers).T, level) == pytest.approx(alpha, abs=5e-4)


@pytest.mark.parametrize(
    "compute",
    [
        lambda: cronbach_alpha(np.ones((1, 3))),
        lambda: cronbach_alpha(np.ones((3, 3))),
        lambda: intraclass_correlations(np.ones((3, 3))),
        lambda: intraclass_correlations(np.array([[1, np.nan], [1, 2]])),
        lambda: krippendorff_alpha(np.ones((3, 2)), Level.NOMINAL),
        lambda: krippendorff_alpha(np.array([[1, np.nan], [2, np.nan]]), Level.NOMINAL),
        lambda: variance_components(np.ones((1, 2, 2))),
    ],
)
def test_tables_without_an_answer_are_refused(compute) -> None:
    with pytest.raises(RatingError):
        compute()


def gleser() -> np.ndarray:
    with (FOLDER / "psych_Gleser.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return np.array([[[float(row[f"J{i}{r}"]) for r in (1, 2)] for i in range(1, 7)] for row in rows])


def test_generalizability_equals_least_squares_sums_of_squares() -> None:
    marks = gleser()
    found = variance_components(marks)
    n_p, n_i, n_r = marks.shape
    p, i, r = (index.ravel() for index in np.indices(marks.shape))

    def explained(*factors: np.ndarray) -> float:
        key = (
            np.unique(np.stack(factors), axis=1, return_inverse=True)[1] if factors else np.zeros(len(p), int)
        )
        means = np.bincount(key, marks.ravel()) / np.bincount(key)
        return float((means[key] ** 2).sum())

    none, pp, ii, rr = explained(), explained(p), explained(i), explained(r)
    pi, pr, ir = explained(p, i), explained(p, r), explained(i, r)
    total = float((marks**2).sum())
    ms = (total - pi - pr - ir + pp + ii + rr - none) / ((n_p - 1) * (n_i - 1) * (n_r - 1))
    ms_pi = (pi - pp - ii + none) / ((n_p - 1) * (n_i - 1))
    ms_pr = (pr - pp - rr + none) / ((n_p - 1) * (n_r - 1))
    ms_p = (pp - none) / (n_p - 1)
    assert found.pir == pytest.approx(ms)
    assert found.pi == pytest.approx((ms_pi - ms) / n_r)
    assert found.pr == pytest.approx((ms_pr - ms) / n_i)
    assert found.p == pytest.approx((ms_p - ms_pi - ms_pr + ms) / (n_i * n_r))
    assert 0 < found.absolute_coefficient(6, 2) <= found.relative_coefficient(6, 2) < 1


def test_more_raters_never_lower_the_coefficients() -> None:
    found = variance_components(gleser())
    relative = [found.relative_coefficient(6, n) for n in range(1, 8)]
    absolute = [found.absolute_coefficient(6, n) for n in range(1, 8)]
    assert relative == sorted(relative)
    assert absolute == sorted(absolute)
    assert VarianceComponents(0, 0, 0, 0, 0, 0, 0).relative_coefficient(1, 1) == 0


def test_pairwise_weights_of_a_textbook_matrix() -> None:
    found = pairwise_weights(np.array([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]))
    np.testing.assert_allclose(found.weights, [0.637, 0.258, 0.105], atol=5e-4)
    assert found.consistency_ratio == pytest.approx(0.033, abs=5e-4)
    assert found.is_consistent


def test_contradictory_judgements_are_inconsistent_and_two_never_are() -> None:
    circle = np.array([[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]])
    assert not pairwise_weights(circle).is_consistent
    assert pairwise_weights(np.array([[1, 4], [0.25, 1]])).consistency_ratio == 0


@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=9))
def test_consistent_judgements_give_back_their_weights(raw: list[float]) -> None:
    weights = np.array(raw) / sum(raw)
    matrix = weights[:, None] / weights
    found = pairwise_weights(group_judgements([matrix, matrix]))
    np.testing.assert_allclose(found.weights, weights)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert sum(whole_percent(weights)) == 100


def test_the_worst_contradiction_is_named_with_the_value_that_would_fit() -> None:
    judgements = np.array([[1, 2, 8, 4], [1 / 2, 1, 1 / 3, 2], [1 / 8, 3, 1, 1 / 2], [1 / 4, 1 / 2, 2, 1]])
    # of the weights 8 : 4 : 1 : 2 the second and the third were exchanged: 1/3 instead of 4
    found = worst_contradiction(judgements)
    assert found == Contradiction(1, 2, 0, pytest.approx(1 / 3), pytest.approx(4))


def test_in_a_triangle_the_first_pair_stands_for_all_three() -> None:
    circle = np.array([[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]])
    assert worst_contradiction(circle) == Contradiction(0, 1, 2, 5, pytest.approx(1 / 25))


def test_consistent_judgements_and_two_criteria_have_no_contradiction() -> None:
    weights = np.array([0.5, 0.3, 0.2])
    assert worst_contradiction(weights[:, None] / weights) is None
    assert worst_contradiction(np.array([[1, 4], [0.25, 1]])) is None


@given(st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 9]), min_size=6, max_size=6))
def test_the_mended_pair_agrees_with_the_weights_and_makes_the_whole_more_consistent(
    raw: list[float],
) -> None:
    judgements = np.ones((4, 4))
    judgements[np.triu_indices(4, 1)] = raw
    judgements = np.triu(judgements) + np.triu(1 / judgements, 1).T
    found = worst_contradiction(judgements)
    if found is None:
        assert pairwise_weights(judgements).consistency_ratio == pytest.approx(0, abs=1e-9)
        return
    mended = judgements.copy()
    mended[found.first, found.second] = found.consistent
    mended[found.second, found.first] = 1 / found.consistent
    weights = pairwise_weights(mended).weights
    assert weights[found.first] / weights[found.second] == pytest.approx(found.consistent)
    assert _squares(mended) < _squares(judgements)


def _squares(judgements: np.ndarray) -> float:
    """How far a matrix is from its own weights, in logarithms."""
    weights = pairwise_weights(judgements).weights
    return float((np.log(judgements * weights / weights[:, None]) ** 2).sum())


@pytest.mark.parametrize(
    "matrix", [np.ones((2, 3)), np.ones((1, 1)), np.array([[1, 2], [2, 1]]), -np.ones((2, 2))]
)
def test_bad_judgements_are_refused(matrix: np.ndarray) -> None:
    with pytest.raises(RatingError):
        pairwise_weights(matrix)


def people(*rows: tuple[float, float], veto: bool = False) -> Parts:
    score = np.array(rows)
    return Parts(score, np.where(np.isfinite(score), 3.0, np.nan), np.full(len(rows), veto))


WEIGHTS, CUTS = np.array([0.6, 0.4]), np.array([60.0, 90.0])


def test_composite_is_the_weighted_mean_with_its_contributions_and_chances() -> None:
    found = compose(people((80, 90)), WEIGHTS, CUTS)
    assert found.score[0] == pytest.approx(84)
    assert found.contribution[0].tolist() == pytest.approx([48, 36])
    assert found.se[0] == pytest.approx(3 * np.hypot(0.6, 0.4))
    assert found.high[0] - found.score[0] == pytest.approx(1.645 * found.se[0], rel=1e-3)
    assert found.grade[0] == 1
    assert found.grade_probability[0].sum() == pytest.approx(1)
    assert found.grade_probability[0, 2] == pytest.approx(0.0028, abs=5e-4)


def test_an_absent_part_is_scaled_away_or_makes_a_person_not_assessable_but_is_never_zero() -> None:
    found = compose(people((80, np.nan), (np.nan, 90)), WEIGHTS, CUTS)
    assert found.score[0] == 80
    assert found.grade.tolist() == [1, NOT_ASSESSABLE]
    assert np.isnan(found.score[1])
    assert np.isnan(found.grade_probability[1]).all()


def test_a_veto_stands_apart_from_the_score() -> None:
    found = compose(people((95, 95), veto=True), WEIGHTS, CUTS)
    assert found.grade.tolist() == [VETOED]
    assert found.score[0] == 95


def test_the_smallest_flipping_weight_is_exact() -> None:
    # 84 with (80, 100) weighted .8/.2; a limit at 88 needs 4 points: .2 of weight at 20 points each.
    found = compose(people((80, 100)), np.array([0.8, 0.2]), np.array([88.0]))
    assert found.flip[0] == pytest.approx(0.2)
    assert np.isnan(compose(people((80, 80)), WEIGHTS, CUTS).flip[0])
    assert np.isnan(compose(people((80, 80)), WEIGHTS, np.zeros(0)).flip[0])


@given(a=st.floats(0, 100), b=st.floats(0, 100), weight=st.floats(0.05, 0.95), cut=st.floats(5, 95))
def test_moving_the_flipping_weight_reaches_the_limit(a: float, b: float, weight: float, cut: float) -> None:
    weights = np.array([weight, 1 - weight])
    move = compose(people((a, b)), weights, np.array([cut])).flip[0]
    if np.isfinite(move):
        score = weights @ [a, b]
        moved = min(abs(score + sign * move * (a - b) - cut) for sign in (1, -1))
        assert moved == pytest.approx(0, abs=1e-6)
    else:
        assert not min(a, b) < cut < max(a, b) or abs(a - b) < 1e-6


def test_scores_without_error_have_certain_grades() -> None:
    parts = Parts(np.array([[90.0, 90.0]]), np.zeros((1, 2)), np.zeros(1, bool))
    assert compose(parts, WEIGHTS, CUTS).grade_probability[0].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    "compute",
    [
        lambda: compose(people((1, 2)), np.array([0.6, 0.6]), CUTS),
        lambda: compose(people((1, 2)), WEIGHTS, CUTS[::-1]),
        lambda: Parts(np.ones((1, 2)), np.ones((2, 2)), np.zeros(1, bool)),
        lambda: Parts(np.ones((1, 2)), np.full((1, 2), np.nan), np.zeros(1, bool)),
        lambda: indicator_score(np.ones(1), np.array([1.0, 1.0]), np.array([0.0, 1.0])),
        lambda: measure_growth(Occasion(np.ones(3), np.ones(3)), Occasion(np.ones(2), np.ones(2))),
        lambda: measure_growth(Occasion(np.ones(2), np.ones(2)), Occasion(np.ones(2), np.ones(2))),
    ],
)
def test_input_that_makes_no_sense_is_refused(compute) -> None:
    with pytest.raises(RatingError):
        compute()


def test_indicator_rule_is_piecewise_linear_and_keeps_the_unknown_unknown() -> None:
    found = indicator_score(
        np.array([-1, 5, 15, 99, np.nan]), np.array([0.0, 10.0, 20.0]), np.array([0.0, 60.0, 100.0])
    )
    np.testing.assert_array_equal(found, [0, 30, 80, 100, np.nan])


def test_growth_errors_and_limits_are_exact() -> None:
    before = Occasion(np.array([-1.0, 0.0, 1.0]), np.full(3, 0.37))
    after = Occasion(np.array([-1.0, 0.0, 2.1]), np.full(3, 0.37))
    found = measure_growth(before, after)
    np.testing.assert_allclose(found.se, 0.5233, atol=1e-4)
    np.testing.assert_allclose(found.smallest_distinguishable, 1.0256, atol=1e-4)
    assert found.is_distinguishable.tolist() == [False, False, True]
    assert found.mean_change == pytest.approx(1.1 / 3)


def test_falling_back_to_the_mean_is_not_called_decline() -> None:
    """Nobody changed; those who looked best at first look worse again, and only plain change blames them."""
    random = np.random.default_rng(1)
    merit = random.normal(size=4000)
    before, after = (Occasion(merit + random.normal(0, 0.8, 4000), np.full(4000, 0.8)) for _ in range(2))
    found = measure_growth(before, after)
    best = before.measure > 1.5
    assert found.change[best].mean() < -0.5
    assert found.beyond_regression[best].mean() == pytest.approx(0, abs=0.1)
    assert found.reliability_before == pytest.approx(1 / 1.64, abs=0.03)
    assert measure_growth(before, after, are_shrunk=True).reliability_before == 1


def test_equal_measures_have_no_reliability() -> None:
    flat = Occasion(np.zeros(3), np.ones(3))
    assert measure_growth(flat, flat).reliability_before == 0
