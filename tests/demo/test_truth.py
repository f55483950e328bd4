import pytest

from secondment.demo.truth import kendall
from secondment.demo.work.merit import Merit, difficulties, expected_level, merit_of


@pytest.mark.parametrize(
    ("second", "tau"),
    [([1.0, 2.0, 3.0], 1.0), ([3.0, 2.0, 1.0], -1.0), ([1.0, 3.0, 2.0], 1 / 3), ([1.0, 1.0, 1.0], 0.0)],
)
def test_kendall(second, tau):
    assert kendall([1.0, 2.0, 3.0], second) == pytest.approx(tau)


def test_abilities_grow_and_the_work_stays():
    before, now = merit_of("110109-001"), merit_of("110109-001", years=1)
    assert before.work == now.work
    grown = [now.abilities[code] - before.abilities[code] for code in before.abilities]
    assert len(grown) == 5
    assert 0 < sum(grown) / 5 < 1


def test_an_item_of_no_ability_is_about_the_work():
    merit = Merit(0.5, {"mass_work": 1.5})
    assert (merit.of("mass_work"), merit.of(""), merit.of("interests")) == (1.5, 0.5, 0.5)


def test_expected_levels():
    assert expected_level(0.0, 0.0) == pytest.approx(2.5)
    assert expected_level(9.0, 0.0) > 3.99
    assert expected_level(-9.0, 0.0) < 1.01
    assert expected_level(1.0, 0.5) == expected_level(0.5, 0.0)


def test_difficulties_are_spread_evenly():
    assert difficulties(3) == [-0.5, 0.0, 0.5]
    assert difficulties(1) == [-0.5]
