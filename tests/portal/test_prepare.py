"""One command prepares a start: database, static files, regions and, in a demo installation, the demo."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.makers import AT

from secondment.accounts.models import User
from secondment.campaigns.models import Programme
from secondment.campaigns.presets import PRESETS
from secondment.onboarding.errors import StartCodeError
from secondment.onboarding.services.first_run import claim
from secondment.units.models import Region, Unit

PEOPLE = {"system": "s:甲", "security": "t:乙", "audit": "u:丙"}


@pytest.mark.parametrize(("is_demo", "n_lines"), [(False, 6), (True, 14)])
def test_prepare_is_repeatable_and_names_the_demo_accounts(
    db: None, settings, tmp_path: Path, is_demo: bool, n_lines: int
) -> None:
    settings.DEMO = is_demo
    settings.STATIC_ROOT = tmp_path
    for _ in range(2):
        out = StringIO()
        call_command("prepare", stdout=out, stderr=StringIO())
        assert len(out.getvalue().splitlines()) == n_lines
    assert Unit.objects.exists() is is_demo
    assert Region.objects.count() == 11_717
    assert (tmp_path / "common" / "dist" / "app.css").exists()


def prepared() -> str:
    out = StringIO()
    call_command("prepare", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_start_without_accounts_prints_a_start_code_and_each_start_another(
    db: None, settings, tmp_path: Path
) -> None:
    settings.DEMO = False
    settings.STATIC_ROOT = tmp_path
    first, second = (prepared().splitlines()[3].strip() for _start in range(2))
    assert first != second
    with pytest.raises(StartCodeError, match="不正确"):
        claim(first, address="", at=AT)
    assert claim(second, address="", at=AT)
    call_command("create_administrators", "示例市", **PEOPLE, stdout=StringIO())
    assert prepared() == ""


def test_an_installation_begins_with_three_administrators_and_the_preset_programmes(db: None) -> None:
    call_command("create_administrators", "示例市", **PEOPLE, department="示例市委组织部", stdout=StringIO())
    assert User.objects.count() == 3
    assert Programme.objects.count() == len(PRESETS)
    assert [(unit.name, unit.depth) for unit in Unit.objects.all()] == [("示例市", 0), ("示例市委组织部", 1)]
