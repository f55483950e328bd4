"""Searches under test end by their proof, however crowded the machine is."""

import pytest

from secondment.matching.services import finding
from secondment.matching.side_rules import solving

LONG = 10**9


@pytest.fixture(autouse=True)
def _no_search_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SECONDS", LONG)
    monkeypatch.setattr(solving, "SECONDS_PER_RULE", LONG)
