"""What a programme pays is typed row by row: an empty row is none, what is missing is named in its row."""

from typing import Any

import pytest
from tests.campaigns.builders import Scene, make_scene

from secondment.campaigns.forms.programmes import ProgrammeForm
from secondment.campaigns.parameters import AllowanceRule, ProgrammeParameters
from secondment.campaigns.parameters_json import from_json, to_json
from secondment.campaigns.presets import FIRST_SECRETARY


def typed(current: ProgrammeParameters, **changed: Any) -> ProgrammeForm:
    """The form as it is sent by somebody who changes nothing else."""
    shown = ProgrammeForm(current=current)
    data = {name: shown[name].value() for name in shown.fields}
    data |= {"note": "按市里文件", "based_on": 1, **changed}
    return ProgrammeForm({name: value for name, value in data.items() if value is not None}, current=current)


def test_nothing_changed_is_nothing_lost() -> None:
    form = typed(FIRST_SECRETARY)
    assert form.is_valid(), form.errors
    assert form.parameters.allowances == FIRST_SECRETARY.allowances
    assert from_json(to_json(form.parameters)) == form.parameters


def test_a_row_is_added_and_one_is_removed() -> None:
    changed = {
        "allowance_kind.0": "",
        "allowance_kind.3": "living",
        "allowance_amount.3": "120.50",
        "allowance_unit.3": "day",
        "allowance_limit.3": "20",
        "allowance_payer.3": "owner",
        "allowance_since.3": "2027年1月",
        "allowance_basis.3": "市里文件",
    }
    form = typed(FIRST_SECRETARY, **changed)
    assert form.is_valid(), form.errors
    assert form.parameters.allowances == (
        *FIRST_SECRETARY.allowances[1:],
        AllowanceRule("living", "day", 12050, "owner", "市里文件", 20, "2027-01"),
    )
    again = ProgrammeForm(current=form.parameters)
    assert str(again["allowance_since.2"].value())[:7] == "2027-01"


def test_what_is_missing_is_named_in_its_row() -> None:
    form = typed(ProgrammeParameters(), **{"allowance_kind.1": "living"})
    assert form.errors == {
        "allowance_amount.1": ["请填写标准；停发填 0"],
        "allowance_basis.1": ["请写明法律条款或文件名称"],
    }


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def test_the_page_has_the_rows(scene: Scene, signed_in: Any) -> None:
    programme = scene.campaign.programme_version.programme_id
    text = signed_in(scene.owner).get(f"/programmes/{programme}/edit/").content.decode()
    assert text.count('name="allowance_kind.') == 6
