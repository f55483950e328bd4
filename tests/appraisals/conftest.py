"""What tests of appraisals share; each has boxes of its own."""

import pytest
from tests.appraisals.scene import Scene, make_scene
from tests.backups.conftest import office  # noqa: F401 -- a fixture


@pytest.fixture(autouse=True)
def own_boxes(settings, tmp_path) -> None:
    """The folder of boxes lies in the data directory."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def scene(db) -> Scene:
    return make_scene()
