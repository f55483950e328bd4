import pytest

from secondment.campaigns.models import Nomination
from tests.campaigns.builders import Scene, make_scene


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def nominee(scene: Scene) -> Nomination:
    return scene.nomination(person=scene.person(name="张三"))
