"""What a facets fit must do on any data: subsets, extremes, anchors, gauge, order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.rating.rating_sets import guilford, make_ratings, simulated

from secondment.algorithms.rating.anchors import Anchors
from secondment.algorithms.rating.design import Parameters, evaluate
from secondment.algorithms.rating.facets import FacetsFit, Link, Method, fit_facets
from secondment.algorithms.rating.fit_statistics import separation
from secondment.algorithms.rating.ratings import RatingError, Ratings
from secondment.algorithms.rating.scale import ScaleKind


def two_villages() -> Ratings:
    """Two villages with the same form and no common rater."""
    one, other = simulated(1), simulated(2)
    return make_ratings(
        np.concatenate([one.ratee, other.ratee + one.n_ratees]),
        np.concatenate([one.rater, other.rater + one.n_raters]),
        np.concatenate([one.criterion, other.criterion]),
        np.concatenate([one.mark, other.mark]),
    )


def ratee_differences(fit: FacetsFit) -> np.ndarray:
    return np.diff(fit.tables[0].measure)


def test_villages_without_a_common_rater_are_two_subsets_each_centred_at_0() -> None:
    fit = fit_facets(two_villages())
    assert fit.n_subsets == 2
    assert fit.tables[0].subset.tolist() == [0] * 12 + [1] * 12
    assert fit.tables[1].subset.tolist() == [0] * 5 + [1] * 5
    assert fit.assumption == ""
    assert fit.tables[1].measure[:5].sum() == pytest.approx(0, abs=1e-9)
    assert fit.tables[1].measure[5:].sum() == pytest.approx(0, abs=1e-9)


def test_a_chosen_assumption_is_kept_and_named() -> None:
    fit = fit_facets(two_villages(), link=Link.EQUAL_RATEES)
    assert fit.assumption == "the ratees of every subset are on average equally good"
    ratees, raters = fit.tables[0].measure, fit.tables[1].measure
    assert ratees[:12].mean() == pytest.approx(ratees[12:].mean(), abs=1e-9)
    assert raters.sum() == pytest.approx(0, abs=1e-9)
    assert "equally severe" in fit_facets(two_villages(), link=Link.EQUAL_RATERS).assumption


def test_marginal_estimation_refuses_unconnected_villages_unless_told_to_assume() -> None:
    with pytest.raises(RatingError, match="2 subsets without common raters"):
        fit_facets(two_villages(), method=Method.MML)
    fit = fit_facets(two_villages(), method=Method.MML, link=Link.EQUAL_RATEES)
    assert fit.converged
    assert fit.n_subsets == 2


def test_a_rater_confounded_with_a_criterion_is_found() -> None:
    """Each rater marks everybody on a criterion of his own: ratees compare, raters and criteria do not."""
    ratings = simulated(3)
    mine = ratings.rater == ratings.criterion
    alone = make_ratings(
        ratings.ratee[mine], ratings.rater[mine], ratings.criterion[mine], ratings.mark[mine]
    )
    fit = fit_facets(alone)
    assert fit.tables[0].subset.max() == 0
    assert fit.tables[1].subset.tolist() == [0, 1, 2]
    assert fit.tables[2].subset.tolist() == [0, 1, 2]
    assert fit.n_subsets == 3


def test_chained_criteria_still_connect() -> None:
    """No criterion is shared by all raters, but overlaps tie everything together."""
    ratings = simulated(4, n_raters=4, n_criteria=4)
    mine = (ratings.criterion == ratings.rater) | (ratings.criterion == (ratings.rater + 1) % 4)
    linked = make_ratings(
        ratings.ratee[mine], ratings.rater[mine], ratings.criterion[mine], ratings.mark[mine]
    )
    assert fit_facets(linked).n_subsets == 1


def with_extremes() -> Ratings:
    """Ratee 12 gets only top marks; rater 5 gives only top marks."""
    ratings = simulated(5)
    ratee = np.concatenate([ratings.ratee, np.full(15, 12), np.repeat(np.arange(12), 3)])
    rater = np.concatenate([ratings.rater, np.repeat(np.arange(5), 3), np.full(36, 5)])
    criterion = np.concatenate([ratings.criterion, np.tile(np.arange(3), 5), np.tile(np.arange(3), 12)])
    return make_ratings(ratee, rater, criterion, np.concatenate([ratings.mark, np.full(51, 3)]))


@pytest.mark.parametrize("kind", list(ScaleKind))
def test_all_excellent_rater_and_ratee_get_finite_flagged_values(kind: ScaleKind) -> None:
    fit = fit_facets(with_extremes(), kind=kind)
    ratees, raters, _ = fit.tables
    assert ratees.extreme[12] == 1
    assert raters.extreme[5] == 1
    assert np.isfinite(ratees.measure).all()
    assert ratees.measure.argmax() == 12
    assert raters.measure.argmin() == 5
    assert np.isnan(raters.infit[5])
    assert ratees.se[12] > np.median(ratees.se)
    assert raters.subset.max() == 0
    assert raters.measure.sum() == pytest.approx(0, abs=1e-9)


def test_extremes_do_not_move_the_others() -> None:
    without, having = fit_facets(simulated(5)), fit_facets(with_extremes())
    assert having.log_likelihood == pytest.approx(without.log_likelihood, abs=1e-7)
    np.testing.assert_allclose(ratee_differences(having)[:11], ratee_differences(without), atol=1e-6)


def test_a_village_where_all_marks_are_top_is_a_subset_of_its_own() -> None:
    ratings = simulated(6)
    ratee = np.concatenate([ratings.ratee, np.full(6, 12)])
    rater = np.concatenate([ratings.rater, [5, 5, 5, 6, 6, 6]])
    criterion = np.concatenate([ratings.criterion, [0, 1, 2] * 2])
    fit = fit_facets(make_ratings(ratee, rater, criterion, np.concatenate([ratings.mark, np.full(6, 3)])))
    assert fit.n_subsets == 2
    assert fit.tables[0].subset[12] == 1
    assert fit.tables[1].subset[5:].tolist() == [1, 1]
    assert np.isfinite(fit.tables[1].measure).all()


def test_all_marks_alike_is_refused() -> None:
    with pytest.raises(RatingError, match="all marks are alike"):
        fit_facets(make_ratings([0, 1], [0, 0], [0, 0], [4, 4]))


def test_marks_that_only_order_are_refused_with_that_reason() -> None:
    with pytest.raises(RatingError, match="the marks only order the elements"):
        fit_facets(make_ratings([0, 1, 2], [0, 0, 0], [0, 0, 0], [1, 2, 3]))


def test_a_facet_without_error_is_separated_wholly_or_not() -> None:
    alike, apart = separation(np.zeros(2), np.zeros(2)), separation(np.array([0.0, 1.0]), np.zeros(2))
    assert (alike.separation, alike.reliability, alike.chi_square, alike.df) == (0.0, 0.0, 0.0, 1)
    assert (apart.separation, apart.reliability) == (np.inf, 1.0)
    mixed = separation(np.array([0.0, 2.0]), np.array([0.0, 1.0]))
    assert (mixed.separation, mixed.reliability) == (1.0, 0.5)
    assert np.isnan([apart.chi_square, mixed.chi_square]).all()


def test_a_criterion_with_one_mark_has_no_partial_credit_scale() -> None:
    ratings = simulated(7)
    flat = replace(ratings, mark=np.where(ratings.criterion == 1, 2.0, ratings.mark))
    with pytest.raises(RatingError, match="criterion number 2 has only one mark"):
        fit_facets(flat, kind=ScaleKind.PARTIAL_CREDIT)


def test_anchored_values_are_kept_and_refitting_at_them_changes_nothing() -> None:
    ratings = simulated(8)
    free = fit_facets(ratings)
    facets = (
        np.full(12, np.nan),
        np.where(np.arange(5) < 2, free.tables[1].measure, np.nan),
        free.tables[2].measure,
    )
    held = fit_facets(ratings, anchors=Anchors(facets, free.thresholds[0]))
    np.testing.assert_allclose(held.tables[0].measure, free.tables[0].measure, atol=1e-6)
    np.testing.assert_array_equal(held.tables[1].measure[:2], free.tables[1].measure[:2])


@pytest.mark.parametrize("facet", [0, 1, 2])
def test_one_anchor_moves_the_origin_only(facet: int) -> None:
    ratings = simulated(9)
    free = fit_facets(ratings)
    values = [np.full(size, np.nan) for size in (12, 5, 3)]
    values[facet][0] = 2.5
    held = fit_facets(ratings, anchors=Anchors((values[0], values[1], values[2])))
    assert held.tables[facet].measure[0] == 2.5
    assert held.log_likelihood == pytest.approx(free.log_likelihood, abs=1e-8)
    np.testing.assert_allclose(ratee_differences(held), ratee_differences(free), atol=1e-6)


def test_anchored_raters_and_ratees_leave_criteria_where_they_fall() -> None:
    ratings = simulated(9)
    values = [np.full(size, np.nan) for size in (12, 5, 3)]
    values[0][0], values[1][0] = 1.0, 0.5
    fit = fit_facets(ratings, anchors=Anchors((values[0], values[1], values[2])))
    assert fit.tables[0].measure[0] == 1
    assert fit.tables[1].measure[0] == 0.5
    assert fit.converged


def test_anchors_link_villages() -> None:
    values = (np.full(24, np.nan), np.full(10, np.nan), np.full(3, np.nan))
    values[1][[0, 5]] = 0.3
    fit = fit_facets(two_villages(), anchors=Anchors(values))
    assert fit.n_subsets == 1
    assert fit.tables[1].measure[[0, 5]].tolist() == [0.3, 0.3]


def test_marginal_estimation_keeps_anchored_raters_and_thresholds() -> None:
    ratings = simulated(10)
    free = fit_facets(ratings, method=Method.MML)
    anchors = Anchors(
        (np.full(12, np.nan), free.tables[1].measure, free.tables[2].measure), free.thresholds[0]
    )
    held = fit_facets(ratings, method=Method.MML, anchors=anchors)
    assert held.ratee_sd == pytest.approx(free.ratee_sd, abs=1e-5)
    np.testing.assert_allclose(held.tables[0].measure, free.tables[0].measure, atol=1e-5)


def test_unfit_anchors_are_refused() -> None:
    ratings = simulated(10)
    none = Anchors.none(ratings).facets
    with pytest.raises(RatingError, match="2 thresholds are anchored but the marks in use"):
        fit_facets(ratings, anchors=Anchors(none, np.zeros(2)))
    with pytest.raises(RatingError, match="on the rating scale only"):
        fit_facets(ratings, anchors=Anchors(none, np.zeros(3)), kind=ScaleKind.PARTIAL_CREDIT)
    with pytest.raises(RatingError, match="ratees cannot be anchored"):
        fit_facets(ratings, method=Method.MML, anchors=Anchors((np.zeros(12), none[1], none[2])))


def test_conjugate_gradients_agree_with_cholesky() -> None:
    ratings = simulated(11, n_ratees=30, n_raters=8, keep=0.5)
    dense, iterative = fit_facets(ratings), fit_facets(ratings, most_dense=2)
    np.testing.assert_allclose(iterative.tables[0].measure, dense.tables[0].measure, atol=1e-6)


def test_more_raters_than_ratees_is_the_same_model() -> None:
    """The raters are eliminated instead; the score equations hold all the same."""
    ratings = simulated(12, n_ratees=4, n_raters=20)
    fit = fit_facets(ratings)
    at = evaluate(fit.core.design, fit.parameters)
    for column, size in zip(fit.core.design.columns, fit.core.design.sizes, strict=True):
        np.testing.assert_allclose(np.bincount(column, at.residual, minlength=size), 0, atol=1e-6)


def test_a_fit_that_is_cut_short_says_so() -> None:
    assert not fit_facets(simulated(13), most_iterations=1).converged
    assert not fit_facets(simulated(13), most_iterations=1, method=Method.MML).converged


def test_swapping_two_raters_swaps_their_severities_and_nothing_else() -> None:
    ratings = guilford()
    swapped = replace(ratings, rater=np.array([0, 2, 1])[ratings.rater])
    one, other = fit_facets(ratings), fit_facets(swapped)
    np.testing.assert_allclose(other.tables[0].measure, one.tables[0].measure, atol=1e-9)
    np.testing.assert_allclose(other.tables[1].measure, one.tables[1].measure[[0, 2, 1]], atol=1e-9)


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_order_and_numbering_do_not_matter(seed: int) -> None:
    ratings = simulated(seed, keep=0.7)
    random = np.random.default_rng(seed)
    rows, people = random.permutation(len(ratings.mark)), random.permutation(ratings.n_ratees)
    mixed = make_ratings(
        people[ratings.ratee[rows]], ratings.rater[rows], ratings.criterion[rows], ratings.mark[rows]
    )
    one, other = fit_facets(ratings), fit_facets(mixed)
    np.testing.assert_allclose(other.tables[0].measure[people], one.tables[0].measure, atol=1e-6)
    np.testing.assert_allclose(other.tables[1].se, one.tables[1].se, atol=1e-6)


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), shift=st.floats(-3, 3), stretch=st.floats(0.1, 10))
def test_the_units_of_the_marks_do_not_matter(seed: int, shift: float, stretch: float) -> None:
    ratings = simulated(seed)
    one, other = fit_facets(ratings), fit_facets(replace(ratings, mark=shift + stretch * ratings.mark))
    np.testing.assert_allclose(other.tables[0].measure, one.tables[0].measure, atol=1e-9)
    np.testing.assert_allclose(other.tables[0].fair, shift + stretch * one.tables[0].fair, atol=1e-6)


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000), facet=st.integers(0, 2), kind=st.sampled_from(list(ScaleKind)))
def test_gradient_equals_finite_differences(seed: int, facet: int, kind: ScaleKind) -> None:
    design = fit_facets(simulated(seed), kind=kind).core.design
    random = np.random.default_rng(seed)
    facets = [random.normal(size=size) for size in design.sizes]
    kappa = design.scale.flat()
    kappa[design.scale.free_steps] = random.normal(size=len(design.scale.free_steps[0]))
    start = Parameters((facets[0], facets[1], facets[2]), kappa)
    sign = 1 if facet == 0 else -1
    analytic = sign * evaluate(design, start).residual[design.columns[facet] == 0].sum()
    ends = []
    for change in (1e-5, -1e-5):
        moved = [values.copy() for values in facets]
        moved[facet][0] += change
        ends.append(evaluate(design, Parameters((moved[0], moved[1], moved[2]), kappa)).log_likelihood)
    assert (ends[0] - ends[1]) / 2e-5 == pytest.approx(analytic, abs=1e-4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mark": np.zeros(0), "ratee": np.zeros(0, dtype=int)}, "there are no ratings"),
        ({"mark": np.array([1.0, np.nan])}, "every mark must be a finite number"),
        ({"rater": np.array([0])}, "rater has 1 entries for 2 marks"),
        ({"ratee": np.array([0, 5])}, "ratee indices must lie in 0…1"),
        ({"n_raters": 3}, "every rater must have at least one mark"),
        ({"source": np.array([0, 1]), "n_sources": 1}, "source indices must lie in -1…0"),
        ({"unit": np.array([0, -2]), "n_units": 1}, "unit indices must lie in -1…0"),
    ],
)
def test_bad_arrays_are_refused(change: dict[str, object], message: str) -> None:
    good = make_ratings([0, 1], [0, 1], [0, 0], [1, 2])
    with pytest.raises(RatingError, match=message):
        replace(good, **change)


def test_too_many_different_marks_are_refused() -> None:
    with pytest.raises(RatingError, match="102 different marks"):
        fit_facets(make_ratings(np.arange(204) % 2, np.zeros(204), np.arange(204) // 2, np.arange(204) // 2))
