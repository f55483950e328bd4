"""The common grid of marginal estimation against plain integration; ratees put together against ratees apart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.rating.rating_sets import make_ratings, ptam4, simulated

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating import grid, newton
from secondment.algorithms.rating.anchors import Anchors
from secondment.algorithms.rating.core import find_core
from secondment.algorithms.rating.design import Design, Parameters, category_probabilities, evaluate
from secondment.algorithms.rating.facets import Method, fit_facets
from secondment.algorithms.rating.marginal import _Marginal
from secondment.algorithms.rating.patterns import find_patterns, put_together
from secondment.algorithms.rating.ratings import RatingError, Ratings, distinct
from secondment.algorithms.rating.scale import ScaleKind, _levels


def design_of(ratings: Ratings, kind: ScaleKind = ScaleKind.RATING) -> Design:
    kept = tuple(np.ones(size, bool) for size in (ratings.n_ratees, ratings.n_raters, ratings.n_criteria))
    return find_core(ratings, kind, kept).design  # type: ignore[arg-type]


def model_of(design: Design) -> _Marginal:
    start = tuple(np.zeros(size) for size in design.sizes)
    return _Marginal(design, Parameters(start, design.scale.flat()))  # type: ignore[arg-type]


def some_vector(model: _Marginal, seed: int, log_sd: float) -> FloatArray:
    random = np.random.default_rng(seed)
    size = 2 + model.design.sizes[1] + model.design.sizes[2] + model.n_steps
    vector = random.normal(0, 0.5, size)
    vector[1] = log_sd
    return vector


def integrated(model: _Marginal, vector: FloatArray) -> tuple[float, FloatArray]:
    """Marginal log-likelihood and posterior means by brute force: every ratee over eighty thousand merits."""
    design, mean, sd = model.design, vector[0], np.exp(vector[1])
    merits = np.linspace(-80, 80, 80_001)
    at = model.parameters(vector, np.zeros(0))
    ratee, rater, criterion = design.columns
    total, means = 0.0, np.empty(design.sizes[0])
    for number in range(design.sizes[0]):
        log = -0.5 * ((merits - mean) / sd) ** 2 - np.log(sd) - 0.5 * np.log(2 * np.pi)
        for mark in np.flatnonzero(ratee == number):
            eta = merits - at.facets[1][rater[mark]] - at.facets[2][criterion[mark]]
            p, _ = category_probabilities(eta, at.kappa[design.group[mark]][None, :])
            log = log + np.log(np.maximum(p[:, design.category[mark]], 1e-300))
        density = np.exp(log - log.max())
        total += log.max() + np.log(np.trapezoid(density, merits))
        means[number] = np.trapezoid(density * merits, merits) / np.trapezoid(density, merits)
    return total, means


def with_extremes(seed: int) -> Ratings:
    """Two ratees whose marks are all top or all bottom, one with a single mark."""
    ratings = simulated(seed, n_ratees=5, n_raters=3, n_criteria=2)
    mark = np.where(ratings.ratee == 0, 3.0, np.where(ratings.ratee == 1, 0.0, ratings.mark))
    kept = (ratings.ratee != 2) | ((ratings.rater == 0) & (ratings.criterion == 0))
    columns = (ratings.ratee, ratings.rater, ratings.criterion)
    return make_ratings(*(column[kept] for column in columns), mark[kept])  # type: ignore[arg-type]


@settings(max_examples=12)
@given(seed=st.integers(0, 99), log_sd=st.floats(-2, 2), kind=st.sampled_from(ScaleKind))
def test_the_grid_integrates_as_exactly_as_brute_force(seed: int, log_sd: float, kind: ScaleKind) -> None:
    model = model_of(design_of(with_extremes(seed), kind))
    vector = some_vector(model, seed, log_sd)
    found = model.posterior(vector)
    expected, means = integrated(model, vector)
    assert found.log_likelihood == pytest.approx(expected, abs=1e-8)
    np.testing.assert_allclose(found.mean, means, atol=1e-8)
    assert (found.sd <= np.exp(log_sd) * (1 + 1e-9)).all()


@pytest.mark.parametrize("kind", list(ScaleKind))
def test_slope_and_information_are_those_of_the_likelihood(kind: ScaleKind) -> None:
    model = model_of(design_of(with_extremes(3), kind))
    vector = some_vector(model, 1, 0.2)
    slope, information = model.derivatives(vector, model.posterior(vector))
    for number, change in enumerate(1e-4 * np.eye(len(vector))):
        there, back = (model.posterior(vector + sign * change) for sign in (1, -1))
        assert slope[number] == pytest.approx((there.log_likelihood - back.log_likelihood) / 2e-4, abs=1e-5)
        curved = [
            model.derivatives(vector + sign * change, model.posterior(vector + sign * change))[0]
            for sign in (1, -1)
        ]
        np.testing.assert_allclose(information[number], (curved[1] - curved[0]) / 2e-4, atol=1e-5)


def test_marginal_estimation_refuses_more_cells_than_memory_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 100)
    with pytest.raises(RatingError, match=r"30 pairs of rater and criterion at 77 merits is too large"):
        fit_facets(ptam4(), method=Method.MML)


@given(marks=st.lists(st.sampled_from([-3.0, 0.0, 0.5, 2.0, 4.0, 1e7]), min_size=1, max_size=12))
def test_marks_whole_or_not_become_the_same_categories(marks: list[float]) -> None:
    values, place = _levels(np.array(marks))
    assert values.tolist() == sorted(set(marks))
    assert values[place].tolist() == marks


@given(keys=st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_counting_and_sorting_number_keys_alike(keys: list[int]) -> None:
    counted, sorted_ = distinct(np.array(keys), 41), distinct(np.array(keys), 10**6)
    for one, other in zip(counted, sorted_, strict=True):
        np.testing.assert_array_equal(one, other)


def test_ratees_with_the_same_items_and_total_are_one_class() -> None:
    ratee, rater, criterion = (index.ravel() for index in np.indices((4, 2, 2)))
    marks = np.array([0, 1, 2, 1, 1, 1, 1, 1, 2, 2, 0, 0, 2, 2, 2, 1])
    kept = np.arange(16) < 15
    design = design_of(make_ratings(*(column[kept] for column in (ratee, rater, criterion)), marks[kept]))  # type: ignore[arg-type]
    patterns = find_patterns(design)
    assert patterns.class_of_ratee.tolist() == [0, 0, 0, 1]
    assert patterns.class_size.tolist() == [3, 1]
    assert patterns.class_total.tolist() == [4, 6]
    assert [patterns.items_of(number).tolist() for number in (0, 1)] == [[0, 1, 2, 3], [0, 1, 2]]
    together = put_together(design, patterns)
    assert together.weight is not None
    assert together.weight.tolist() == [3, 3, 3, 3, 1, 1, 1]
    np.testing.assert_allclose(together.category[:4], [1, 4 / 3, 1, 2 / 3])
    apart = find_patterns(design, np.array([True, False, False, False]))
    assert apart.class_of_ratee.tolist() == [0, 1, 1, 2]


@settings(max_examples=20)
@given(seed=st.integers(0, 99), keep=st.sampled_from([0.5, 1.0]), kind=st.sampled_from(ScaleKind))
def test_putting_ratees_together_changes_neither_likelihood_nor_slopes(
    seed: int, keep: float, kind: ScaleKind
) -> None:
    design = design_of(simulated(seed, n_ratees=20, n_raters=3, n_criteria=2, keep=keep), kind)
    patterns = find_patterns(design)
    together = put_together(design, patterns)
    random = np.random.default_rng(seed)
    merit, severity, difficulty = (random.normal(size=size) for size in together.sizes)
    kappa = design.scale.flat()
    kappa[design.scale.free_steps] = random.normal(size=len(design.scale.free_steps[0]))
    one = evaluate(design, Parameters((merit[patterns.class_of_ratee], severity, difficulty), kappa))
    other = evaluate(together, Parameters((merit, severity, difficulty), kappa))
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-8)
    np.testing.assert_allclose(other.step_residual, one.step_residual, atol=1e-9)
    np.testing.assert_allclose(other.step_information, one.step_information, atol=1e-9)
    for facet in (1, 2):
        for values, plain in ((other.residual, one.residual), (other.variance, one.variance)):
            np.testing.assert_allclose(
                np.bincount(together.columns[facet], values),
                np.bincount(design.columns[facet], plain),
                atol=1e-9,
            )
        np.testing.assert_allclose(other.step_cross[facet], one.step_cross[facet], atol=1e-9)


def test_anchored_ratees_keep_their_own_value_among_those_alike() -> None:
    ratings = simulated(2, n_ratees=40, n_raters=3, n_criteria=2)
    total = np.bincount(ratings.ratee, ratings.mark)
    alike = np.flatnonzero(total == np.bincount(total.astype(int)).argmax())[:3]
    none = Anchors.none(ratings)
    held = none.facets[0].copy()
    held[alike[0]], held[int(np.argmin(total))] = 2.5, 0.0
    fit = fit_facets(ratings, anchors=replace(none, facets=(held, *none.facets[1:])))
    measure = fit.tables[0].measure
    assert measure[alike[0]] == 2.5
    assert measure[alike[1]] == measure[alike[2]] != 2.5


def test_small_and_wide_information_tables_give_the_same_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = simulated(6, n_ratees=30, n_raters=6, keep=0.6)
    small = fit_facets(ratings)
    monkeypatch.setattr(newton, "LARGEST_TABLE", 0)
    wide = fit_facets(ratings)
    for one, other in zip(small.tables, wide.tables, strict=True):
        np.testing.assert_allclose(one.measure, other.measure, atol=1e-10)
        np.testing.assert_allclose(one.se, other.se, atol=1e-10)
