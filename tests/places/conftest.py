"""One day for all tests of places."""

import pytest
from django.utils import timezone
from tests.daily_work.scene import ON, Scene, make_scene


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    return make_scene(1)
