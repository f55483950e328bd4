"""One day for all tests of task books."""

import pytest
from django.utils import timezone
from tests.task_books.scene import ON, Scene, make_scene


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: ON)
    return make_scene(2)
