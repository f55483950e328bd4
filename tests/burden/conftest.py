"""What tests of the register of forms share."""

import pytest
from tests.daily_work.scene import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene(2)
