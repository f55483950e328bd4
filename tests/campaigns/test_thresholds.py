"""Thresholds that a room above declares are parameters of a programme like any other."""

from typing import Any

import pytest
from django.urls import reverse
from tests.campaigns.builders import make_scene

from secondment.campaigns.eligibility_rules.rule import Figure
from secondment.campaigns.models import ProgrammeVersion
from secondment.campaigns.parameter_lines import differences, lines_of
from secondment.campaigns.parameters import ProgrammeParameters
from secondment.campaigns.parameters_json import ParametersError, from_json, to_json
from secondment.campaigns.thresholds import THRESHOLDS, Thresholds, add_thresholds, every_figure


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> Thresholds:
    for code in list(THRESHOLDS):
        monkeypatch.delitem(THRESHOLDS, code)
    made = Thresholds(
        "late", "迟到", (Figure("days", "天数", 5, 1, 9, "天"), Figure("times", "次数", 2, 1, 4))
    )
    monkeypatch.setitem(THRESHOLDS, "late", made)
    return made


def problems(signs: Any) -> list[str]:
    with pytest.raises(ParametersError) as error:
        from_json({"signs": signs})
    return [one.field for one in error.value.problems]


def test_what_a_version_does_not_name_has_the_declared_value(declared: Thresholds) -> None:
    assert declared.values({}) == {"days": 5, "times": 2}
    assert declared.values({"late": {"days": 7}, "other": {"days": 1}}) == {"days": 7, "times": 2}
    assert [figure.name for _thresholds, figure in every_figure()] == ["days", "times"]


def test_declaring_puts_it_into_the_registry(declared: Thresholds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(THRESHOLDS, "late")
    add_thresholds(declared)
    assert THRESHOLDS["late"] == declared


def test_they_survive_json() -> None:
    given = ProgrammeParameters(signs={"late": {"days": 7}})
    assert from_json(to_json(given)) == given
    assert from_json({}).signs == {}


@pytest.mark.parametrize(
    ("signs", "fields"),
    [
        ([], ["signs"]),
        ({"unknown": {}}, ["signs.unknown"]),
        ({"late": 3}, ["signs.late"]),
        ({"late": {"colour": 1}}, ["signs.late.colour"]),
        ({"late": {"days": 0}}, ["signs.late.days"]),
        ({"late": {"days": 10}}, ["signs.late.days"]),
        ({"late": {"days": "5"}}, ["signs.late.days"]),
    ],
)
def test_every_fault_is_named(signs: Any, fields: list[str]) -> None:
    assert problems(signs) == fields


@pytest.mark.parametrize("days", [1, 9])
def test_bounds_belong_to_it(days: int) -> None:
    assert from_json({"signs": {"late": {"days": days}}}).signs == {"late": {"days": days}}


def test_versions_differ_by_them() -> None:
    old, new = ProgrammeParameters(), ProgrammeParameters(signs={"late": {"days": 7}})
    [difference] = differences(old, new)
    assert (difference.label, difference.old, difference.new) == ("迟到：天数", "5 天", "7 天")
    assert [one.path for one in lines_of(new)][-2:] == ["signs.late.days", "signs.late.times"]


def test_the_editor_keeps_them(db: None, signed_in: Any) -> None:
    scene = make_scene()
    programme = scene.campaign.programme_version.programme
    address = reverse("campaigns:programme_edit", args=[programme.pk])
    client = signed_in(scene.owner)
    form = client.get(address).context["form"]
    assert [one.name for one in form.threshold_fields()] == ["signs.late.days", "signs.late.times"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value is not None and value is not False}
    sent |= {"note": "按试算调整", "signs.late.days": 7}
    assert client.post(address, sent).status_code == 302
    version = ProgrammeVersion.objects.filter(programme=programme).order_by("-number")[0]
    assert version.parameters["signs"] == {"late": {"days": 7, "times": 2}}
    assert "迟到：天数" in client.get(reverse("campaigns:version_detail", args=[version.pk])).content.decode()
