"""From facts of people and posts to arrays: what is not known stays unknown."""

import numpy as np
import pytest

from secondment.algorithms.fit import COMPONENTS, UNKNOWN, fit_components
from secondment.algorithms.fit_facts import FitPerson, FitPost, fit_input, region_codes


def test_regions_are_cut_at_each_level() -> None:
    assert region_codes("522622005") == [52, 5226, 522622]
    assert region_codes("52") == [52, UNKNOWN, UNKNOWN]
    assert region_codes("") == [UNKNOWN] * 3
    assert region_codes("毕节市") == [UNKNOWN] * 3


def test_a_municipality_is_one_city() -> None:
    assert region_codes("110111005") == [11, 1100, 110111]
    assert region_codes("500241") == [50, 5000, 500241]
    assert region_codes("11") == [11, 1100, UNKNOWN]


@pytest.mark.parametrize(
    ("home", "post", "value"),
    [
        ("11", "110111", 0.7),
        ("500101", "500241", 0.7),
        ("110111", "110111", 1.0),
        ("52", "522622", np.nan),  # somewhere in the province: nobody knows how far
        ("5226", "52", np.nan),
        ("5201", "5226", 0.4),
        ("52", "11", 0.0),
    ],
)
def test_only_known_levels_tell_who_is_far(home: str, post: str, value: float) -> None:
    facts = fit_input([FitPerson(region=home, wants_near=True)], [FitPost(region=post)])
    found = fit_components(facts, np.zeros(1, int), np.zeros(1, int))[0, COMPONENTS.index("distance")]
    assert np.array_equal(found, value, equal_nan=True)


def test_facts_become_columns_of_one_vocabulary() -> None:
    facts = fit_input(
        [FitPerson(frozenset({"health"}), {"mass_work": 0.8}, 7, 2.5, "522622", wants_near=True, unit=3)],
        [FitPost(frozenset({"education"}), frozenset({"development"}), 6, 1.0, "52", unit=4)],
        earlier=[(3, 4, "522622")],
    )
    assert facts.people.specialties.tolist() == [[False, True]]
    assert facts.posts.specialties.tolist() == [[True, False]]
    assert np.array_equal(facts.people.abilities, [[np.nan, 0.8]], equal_nan=True)
    assert facts.posts.abilities.tolist() == [[True, False]]
    assert (facts.people.rank.tolist(), facts.posts.rank.tolist()) == ([7], [6])
    assert facts.posts.region.tolist() == [[52, UNKNOWN, UNKNOWN]]
    assert facts.ties.home_county.tolist() == [[3, 522622]]


def test_nothing_known_is_nothing_assessed() -> None:
    facts = fit_input([FitPerson()], [FitPost()])
    assert np.isnan(fit_components(facts, np.zeros(1, int), np.zeros(1, int))).all()


def test_no_people_and_no_posts_have_their_shapes() -> None:
    facts = fit_input([], [])
    assert facts.people.region.shape == facts.posts.region.shape == (0, 3)
    assert facts.people.abilities.shape == (0, 0)
