"""Neutral values by hand, and a market in which silence about wishes neither pays nor costs."""

import math

import numpy as np
import pytest

from secondment.algorithms.assignment import AssignmentProblem, solve_assignment
from secondment.algorithms.fit import COMPONENTS, filled, fit_scores
from secondment.algorithms.silence import BEST_POSTS, neutral_values, without_effect

NAN = math.nan
WISH = COMPONENTS.index("person_preference")


def pairs(n_people: int, n_posts: int, **tables: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Components, person and post of all pairs, from tables of shape (n_people, n_posts) by component."""
    post, person = (index.ravel() for index in np.indices((n_posts, n_people)))
    components = np.full((n_people * n_posts, len(COMPONENTS)), NAN)
    for name, table in tables.items():
        components[:, COMPONENTS.index(name)] = np.array(table, dtype=float)[person, post]
    return components, person, post


def neutral(n_people: int, n_posts: int, weights: dict[str, float], **tables: object) -> dict[str, float]:
    components, person, _post = pairs(n_people, n_posts, **tables)
    found = neutral_values(components, person, weights)
    return dict(zip(COMPONENTS, found.values.tolist(), strict=True))


def test_silence_about_wishes_counts_as_at_the_three_best_posts_of_those_who_answered() -> None:
    """By specialty the last three posts are best for both; the wishes there are 0.6 and 0 of one, 1 of the other."""
    found = neutral(
        3,
        5,
        {"specialty": 10, "person_preference": 1},
        specialty=[[0, 0, 0.8, 0.8, 0.9]] * 3,
        person_preference=[[1, 0, 0.6, 0, 0], [0, 0, 0, 1, 0], [NAN] * 5],
    )
    assert found["person_preference"] == pytest.approx((0.2 + 1 / 3) / 2, abs=1e-3)


def test_posts_equal_to_the_third_share_its_place() -> None:
    """One post is best, one second, three are equal thirds: each counts a third."""
    found = neutral(
        1,
        5,
        {"specialty": 1},
        specialty=[[1, 0.9, 0.5, 0.5, 0.5]],
        person_preference=[[0, 0, 0.9, 0, 0]],
    )
    assert found["person_preference"] == 0.1
    few = neutral(1, 2, {"specialty": 1}, specialty=[[1, 0]], person_preference=[[0, 0.5]])
    assert few["person_preference"] == 0.25  # fewer posts than three: all of them
    assert BEST_POSTS == 3


def test_facts_count_at_the_lower_quartile_of_people_and_hosts_at_the_mean() -> None:
    """Everybody counts once, however many posts judged them."""
    values = [0.1, 0.2, 0.3, 0.4, 0.9]
    table = [[value, NAN] for value in values[:4]] + [[0.9, 0.9], [NAN, NAN]]
    components, person, _post = pairs(6, 2, experience=table, host_preference=table, distance=table)
    found = neutral_values(components, person, {"experience": 1, "distance": 0})
    by_name = dict(zip(COMPONENTS, found.values.tolist(), strict=True))
    assert by_name["experience"] == 0.2
    assert by_name["host_preference"] == by_name["distance"] == pytest.approx(0.38)
    assert dict(zip(COMPONENTS, found.n_judged.tolist(), strict=True))["experience"] == 5
    assert math.isnan(by_name["specialty"])
    assert found.n_judged[0] == 0


def test_nobody_judged_and_no_pairs_leave_everything_out() -> None:
    for n_posts in (2, 0):
        components, person, _post = pairs(2, n_posts)
        found = neutral_values(components, person, {"specialty": 1})
        assert np.isnan(found.values).all()
        assert fit_scores(components, {"specialty": 1}, found.values).tolist() == [0.0] * 2 * n_posts


def test_the_order_of_pairs_does_not_matter() -> None:
    random = np.random.default_rng(5)
    table = random.integers(0, 3, (6, 8)) / 4
    components, person, _post = pairs(6, 8, specialty=table, person_preference=table[::-1])
    weights = {"specialty": 1, "person_preference": 2}
    mixed = random.permutation(len(person))
    one = neutral_values(components, person, weights)
    other = neutral_values(components[mixed], person[mixed], weights)
    np.testing.assert_array_equal(one.values, other.values)


def test_scores_count_what_is_missing_at_the_neutral_value() -> None:
    components = np.array([[0.8, NAN, NAN] + [NAN] * 6, [NAN, NAN, NAN] + [NAN] * 6])
    values = np.array([0.5, 0.25, NAN] + [NAN] * 6)
    weights = {"specialty": 3, "needed_abilities": 1, "growth": 50}
    assert fit_scores(components, weights, values).tolist() == [
        pytest.approx((3 * 0.8 + 0.25) / 4),
        pytest.approx((3 * 0.5 + 0.25) / 4),
    ]
    assert fit_scores(components, weights).tolist() == [0.8, 0.0]
    assert filled(components, None) is components


def test_components_that_change_no_plan_are_named() -> None:
    components = np.full((2, 9), NAN)
    components[:, 1] = (0.4, NAN)  # the other counts the same
    components[:, 2] = (0.4, NAN)  # the other counts differently
    components[:, 3] = (0.1, 0.2)
    values = np.array([NAN, 0.4, 0.5, 0.15] + [NAN] * 5)
    idle = without_effect(components, values)
    assert [name for name in COMPONENTS if name not in idle] == ["growth", "rank"]
    assert without_effect(components[:0], values) == list(COMPONENTS)


def test_silence_about_wishes_neither_pays_nor_costs() -> None:
    """120 people for 60 posts, fits and wishes at random: every tenth is made silent in turn, and chances change little.

    At the plain mean they would lose almost every place, at 1 they would gain a third.
    """
    random = np.random.default_rng(3)
    n_people, n_posts = 120, 60
    fits = np.clip(random.normal(0.5, 0.1, (n_people, 1)) + random.normal(0, 0.1, (n_people, n_posts)), 0, 1)
    wishes = np.zeros((n_people, n_posts))
    for person in range(n_people):
        liked = random.permutation(np.argsort(-fits[person])[:8])[: random.integers(2, 6)]
        wishes[person, liked] = 1 - np.arange(len(liked)) / 5
    weights = {"specialty": 9, "person_preference": 1}

    def placed(silent: np.ndarray, value: float | None) -> np.ndarray:
        table = wishes.copy()
        table[silent] = NAN
        components, person, post = pairs(n_people, n_posts, specialty=fits, person_preference=table)
        values = neutral_values(components, person, weights).values
        if value is not None:
            values[WISH] = value
        score = fit_scores(components, weights, values)
        solution = solve_assignment(AssignmentProblem.of(n_people, n_posts, person, post, score))
        is_placed = np.zeros(n_people, dtype=bool)
        is_placed[[person for person, _post in solution.pairs]] = True
        return is_placed

    def change(value: float | None) -> float:
        before = placed(np.zeros(0, dtype=int), value)
        folds = np.random.default_rng(1).permutation(n_people).reshape(10, -1)
        return float(
            np.mean([(placed(fold, value)[fold].astype(int) - before[fold]).mean() for fold in folds])
        )

    assert abs(change(None)) <= 0.05
    assert change(float(wishes.mean())) < -0.1 < 0.1 < change(1.0)
