"""What tests of routine, mid-term and special assessments share."""

import pytest
from django.utils import timezone
from tests.assessments.interim.scene import ON, Scene, make_scene


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *given: ON if not given else given[0].date())
    return make_scene()
