"""The nine components by hand, the weighted mean, and what must not change them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.algorithms.fit import (
    COMPONENTS,
    FitError,
    FitInput,
    FitPeople,
    FitPosts,
    Ties,
    Wishes,
    fit_components,
    fit_scores,
)

NAN = math.nan
N_SPECIALTIES = 4


def ints(*values):
    return np.array(values, dtype=np.int64)


def flags(*rows):
    return np.array(rows, dtype=bool).reshape(len(rows), -1)


def make_facts(**changes) -> FitInput:
    """Two people and two posts; person 0 is known well, person 1 not at all."""
    parts = {
        "specialties": flags([1, 1, 0, 0], [0, 0, 0, 0]),
        "abilities": np.array([[0.8, 0.6, 0.4, NAN, 0.6], [NAN] * 5]),
        "rank": np.array([6.0, NAN]),
        "years": np.array([2.0, NAN]),
        "region": np.array([[11, 1101, 110101], [-1, -1, -1]]),
        "near": np.array([True, True]),
        "wanted": flags([0, 1, 1, 0], [0, 0, 0, 0]),
        "needed": flags([0, 1, 1, 1, 0], [0, 0, 0, 0, 0]),
        "post_rank": np.array([7.0, NAN]),
        "asked_years": np.array([1.0, 0.0]),
        "post_region": np.array([[11, 1101, 110111], [13, 1301, 130101]]),
        "preferences": Wishes(ints(0, 0), ints(1, 0), ints(1, 2)),
        "host_preferences": Wishes(ints(0, 0), ints(1, 0), ints(1, 2)),
        "ties": Ties(
            ints(5, 6), ints(8, 9), ints(110111, 130101), np.array([[5, 9]]), np.array([[5, 110111]])
        ),
    } | changes
    return FitInput(
        FitPeople(
            parts["specialties"],
            parts["abilities"],
            parts["rank"],
            parts["years"],
            parts["region"],
            parts["near"],
        ),
        FitPosts(
            parts["wanted"], parts["needed"], parts["post_rank"], parts["asked_years"], parts["post_region"]
        ),
        parts["preferences"],
        parts["host_preferences"],
        5,
        parts["ties"],
    )


def of_pair(facts: FitInput, person: int, post: int) -> dict[str, float]:
    return dict(zip(COMPONENTS, fit_components(facts, ints(person), ints(post))[0].tolist(), strict=True))


def test_a_known_person_and_a_demanding_post_by_hand() -> None:
    assert of_pair(make_facts(), 0, 0) == {
        "specialty": 0.8,  # one of two asked for: 0.6 + 0.4 · 1/2
        "needed_abilities": 0.5,  # mean of 0.6 and 0.4; the third is unknown
        "growth": 1.0,  # mean 0.6; only the ability at 0.4 lies below, and the post trains it
        "rank": 0.667,  # one step
        "experience": 0.5,  # 2 years of 1 + 3
        "person_preference": 0.8,  # second of at most five
        "host_preference": 0.5,  # second of two
        "distance": 0.7,  # same city
        "continuity": 0.5,  # the home unit knows the county
    }


def test_one_known_mark_is_the_mean_of_its_own() -> None:
    alone = make_facts(abilities=np.array([[NAN, 0.6, NAN, NAN, 0.2], [NAN] * 5]))
    assert of_pair(alone, 0, 0)["needed_abilities"] == 0.6


def test_what_is_not_known_is_not_assessed() -> None:
    found = of_pair(make_facts(), 1, 0)
    assert found.pop("host_preference") == 1.0
    assert all(math.isnan(value) for value in found.values())


def test_a_post_that_asks_for_nothing() -> None:
    found = of_pair(make_facts(), 0, 1)
    assert [name for name, value in found.items() if math.isnan(value)] == [
        "specialty",
        "needed_abilities",
        "growth",
        "rank",
        "host_preference",
    ]
    assert (found["person_preference"], found["distance"], found["continuity"]) == (1.0, 0.0, 1.0)
    assert found["experience"] == 0.667


def test_growth_shares_the_shortfall_and_needs_an_uneven_person() -> None:
    shares = make_facts(
        abilities=np.array([[0.9, 0.5, 0.4, NAN, NAN], [0.7] * 5]),
        needed=flags([0, 1, 0, 0, 0], [1, 0, 0, 0, 0]),
    )
    assert of_pair(shares, 0, 0)["growth"] == 0.333  # below the mean of 0.6 by 0.1 and 0.2
    assert of_pair(shares, 0, 1)["growth"] == 0.0
    assert math.isnan(of_pair(shares, 1, 0)["growth"])


@pytest.mark.parametrize(
    ("region", "value"),
    [([11, 1101, 110111], 1.0), ([11, 1101, -1], 0.7), ([11, 1102, 110111], 0.4), ([13, 1301, 130102], 0.0)],
)
def test_nearness_by_the_smallest_shared_region(region: list[int], value: float) -> None:
    assert of_pair(make_facts(region=np.array([region, region])), 0, 0)["distance"] == value


def test_regions_that_nobody_knows_are_not_the_same() -> None:
    facts = make_facts(
        region=np.array([[11, -1, -1], [-1, -1, -1]]), post_region=np.array([[11, -1, -1]] * 2)
    )
    assert math.isnan(of_pair(facts, 0, 0)["distance"])
    assert math.isnan(of_pair(facts, 1, 0)["distance"])


def test_nobody_who_did_not_ask_is_judged_by_distance() -> None:
    assert math.isnan(of_pair(make_facts(near=np.array([False, True])), 0, 0)["distance"])


@pytest.mark.parametrize(("rank", "value"), [(7.0, 1.0), (5.0, 0.333), (4.0, 0.0), (12.0, 0.0)])
def test_rank_by_steps(rank: float, value: float) -> None:
    assert of_pair(make_facts(rank=np.array([rank, NAN])), 0, 0)["rank"] == value


def test_no_wishes_and_no_history_are_not_assessed() -> None:
    empty = np.zeros((0, 2), dtype=np.int64)
    facts = make_facts(
        preferences=Wishes.none(),
        host_preferences=Wishes.none(),
        ties=Ties(ints(5, 6), ints(8, 9), ints(1, 2), empty, empty),
    )
    found = of_pair(facts, 0, 0)
    assert all(math.isnan(found[name]) for name in ("person_preference", "host_preference", "continuity"))


def test_a_wish_beyond_the_most_allowed_counts_nothing() -> None:
    facts = make_facts(preferences=Wishes(ints(0), ints(0), ints(9)))
    assert of_pair(facts, 0, 0)["person_preference"] == 0.0


def test_chunks_do_not_change_the_result() -> None:
    facts, person, post = make_facts(), ints(0, 1, 0, 1), ints(0, 0, 1, 1)
    whole = fit_components(facts, person, post)
    np.testing.assert_array_equal(fit_components(facts, person, post, chunk=1), whole)
    assert fit_components(facts, ints(), ints()).shape == (0, 9)


def test_weights_are_shared_among_what_can_be_assessed() -> None:
    components = np.full((3, 9), NAN)
    components[0, :2] = [0.8, 0.5]
    components[1, 1] = 0.5
    weights = {"specialty": 30, "needed_abilities": 10, "growth": 60}
    assert fit_scores(components, weights).tolist() == [0.725, 0.5, 0.0]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"charm": 1}, "no component is called 'charm'"),
        ({"rank": -1, "growth": 2}, "none may be negative"),
        ({}, "one must be above zero"),
        ({"rank": NAN}, "none may be negative"),
    ],
)
def test_useless_weights_are_refused(weights: dict[str, float], message: str) -> None:
    with pytest.raises(FitError, match=message):
        fit_scores(np.zeros((1, 9)), weights)


def test_pairs_of_different_length_are_refused() -> None:
    with pytest.raises(FitError, match="one length is wanted"):
        fit_components(make_facts(), ints(0), ints(0, 1))


shares = st.one_of(st.none(), st.integers(0, 1000).map(lambda n: n / 1000))
rows = st.lists(shares, min_size=9, max_size=9)


@given(
    st.lists(rows, min_size=1, max_size=5), st.lists(st.integers(0, 100), min_size=9, max_size=9), st.data()
)
def test_scores_stay_within_the_components_and_rise_with_them(row_values, weight_values, data) -> None:
    if not any(weight_values):
        weight_values[0] = 1
    weights = dict(zip(COMPONENTS, weight_values, strict=True))
    components = np.array([[NAN if one is None else one for one in row] for row in row_values])
    scores = fit_scores(components, weights)
    assert np.all((scores >= 0) & (scores <= 1))
    np.testing.assert_allclose(
        fit_scores(components, {k: 7 * v for k, v in weights.items()}), scores, atol=2e-6
    )
    row, column = data.draw(st.integers(0, len(components) - 1)), data.draw(st.integers(0, 8))
    if np.isfinite(components[row, column]):
        better = components.copy()
        better[row, column] = 1.0
        assert fit_scores(better, weights)[row] >= scores[row]
