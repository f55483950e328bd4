"""Bands of points: figures of the programme, one reader, a hint and never a grade."""

import pytest

from secondment.assessments.bands import bands_of
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import ParametersError, from_json, to_json
from tests.assessments.conftest import Scene
from tests.assessments.test_facts import rules
from tests.makers import make_programme_version

FIGURES = {"excellent_from": 95, "competent_from": 80, "basic_from": 65}


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (100, "excellent"),
        (90, "excellent"),
        (89.999, "competent"),
        (70, "competent"),
        (69.999, "basically_competent"),
        (60, "basically_competent"),
        (59.999, "incompetent"),
        (0, "incompetent"),
    ],
)
def test_the_usual_bands(scene: Scene, score: float, band: str) -> None:
    assert bands_of(scene.placements[0]).of(score) == band


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (95, "excellent"),
        (94.999, "competent"),
        (79.999, "basically_competent"),
        (64.999, "incompetent"),
    ],
)
def test_a_programme_sets_its_own(scene: Scene, score: float, band: str) -> None:
    placement = scene.add(programme_version=make_programme_version(rules(H26={"values": FIGURES})))
    found = bands_of(placement)
    assert (found.cuts, found.of(score)) == ((65, 80, 95), band)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("competent_from", 89, None),
        ("competent_from", 90, "rules.H26.values.competent_from：不低于上一段的起点 90 分，请由高到低填写"),
        ("basic_from", 69, None),
        ("basic_from", 70, "rules.H26.values.basic_from：不低于上一段的起点 70 分，请由高到低填写"),
    ],
)
def test_each_band_begins_below_the_one_above(name: str, value: int, fault: str | None) -> None:
    data = to_json(ProgrammeParameters())
    data["rules"]["H26"]["values"][name] = value
    if fault is None:
        assert from_json(data).rules["H26"].values[name] == value
        return
    with pytest.raises(ParametersError) as refused:
        from_json(data)
    assert str(refused.value) == fault
