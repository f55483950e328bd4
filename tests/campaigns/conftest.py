"""Pages of campaigns are opened on the day on which their data stand, whenever the tests run."""

import pytest
from django.utils import timezone
from tests.campaigns.builders import ON


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of pages and tasks."""
    monkeypatch.setattr(timezone, "localdate", lambda *given: given[0].date() if given else ON)
