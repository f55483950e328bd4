"""A few raters' means, their error, and when two cannot be told apart."""

import math

import pytest

from secondment.algorithms.rating.abilities import Change, Rated, change, mean_change, rated


def test_the_spread_is_pooled_over_the_abilities() -> None:
    found = rated({"a": [80, 100, 60], "b": [80, 80, 80], "c": []}, 20)
    # 800 over 2 + 2 degrees of freedom
    assert found == {"a": Rated(80, math.sqrt(200 / 3), 3), "b": Rated(80, math.sqrt(200 / 3), 3)}


def test_unanimous_raters_are_no_surer_than_the_scale_is_fine() -> None:
    assert rated({"a": [80, 80, 80]}, 20)["a"].se == pytest.approx(math.sqrt(400 / 12 / 3))
    assert rated({"a": [80]}, 20)["a"] == Rated(80, math.sqrt(400 / 12), 1)
    assert rated({}, 20) == {}


def test_intervals_stay_on_the_scale() -> None:
    assert (Rated(99, 3, 3).high, Rated(1, 3, 3).low) == (100, 0)
    assert (Rated(50, 10, 3).low, Rated(50, 10, 3).high) == pytest.approx((30.4, 69.6))


@pytest.mark.parametrize(("after", "is_told"), [(59.79, False), (59.81, True), (40.21, False), (40.19, True)])
def test_a_change_must_be_larger_than_its_error(after: float, is_told: bool) -> None:
    found = change(Rated(50, 3, 3), Rated(after, 4, 15))
    assert found.se == 5
    assert found.is_distinguishable is is_told


def test_the_mean_change_of_a_group_is_surer_than_any_of_its_people() -> None:
    assert mean_change([4.0]) is None
    assert mean_change([2.0, 4.0, 6.0, 8.0]) == Change(5, pytest.approx(math.sqrt(20 / 3 / 4)))
