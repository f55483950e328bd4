"""What tests of allowances share."""

import pytest
from django.utils import timezone
from tests.allowances.scene import ON, PARAMETERS
from tests.leave.scene import Scene, make_scene


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *given: ON if not given else given[0].date())
    return make_scene(PARAMETERS)
