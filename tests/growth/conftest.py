import pytest
from tests.campaigns.builders import Scene, make_scene

from secondment.campaigns.models import Nomination


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


@pytest.fixture
def nominee(scene: Scene) -> Nomination:
    return scene.nomination(person=scene.person(name="张三"))
