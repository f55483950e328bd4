"""Each test has boxes of its own."""

import pytest


@pytest.fixture(autouse=True)
def own_boxes(settings, tmp_path) -> None:
    """The folder of boxes lies in the data directory."""
    settings.DATA_DIR = tmp_path
