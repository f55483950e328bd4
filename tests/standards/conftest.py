"""One department for all tests of standards."""

import pytest
from tests.standards.scene import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()
