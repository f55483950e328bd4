"""One command prepares a start: database, static files and, in a demo installation, the demo."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from secondment.units.models import Unit


@pytest.mark.parametrize(("is_demo", "n_lines"), [(False, 0), (True, 13)])
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
    assert (tmp_path / "common" / "dist" / "app.css").exists()
