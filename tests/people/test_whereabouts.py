"""Lower rooms know of placements through one port; each question names the states it is about."""

from pathlib import Path

import pytest
from tests.makers import make_placement

import secondment
from secondment.people.whereabouts import whereabouts
from secondment.placements.choices import PlacementState

SOURCE = Path(secondment.__file__).parent
LOWER = ("people", "posts", "directory", "units", "campaigns")


@pytest.mark.parametrize(
    ("state", "questions"),
    [
        (PlacementState.DECIDED, {"every", "active"}),
        (PlacementState.APPOINTED, {"every", "active", "under_way", "received"}),
        (PlacementState.IN_POST, {"every", "active", "under_way", "received"}),
        (PlacementState.ENDED, {"every", "received"}),
        (PlacementState.CANCELLED, {"every"}),
    ],
)
def test_each_question_is_about_its_states(db: None, state: PlacementState, questions: set[str]) -> None:
    placement = make_placement(state=state)
    asked = ("every", "active", "under_way", "received")
    assert {one for one in asked if placement in getattr(whereabouts(), one)()} == questions


def test_lower_rooms_name_neither_the_table_of_placements_nor_its_states() -> None:
    texts = {
        path: path.read_text(encoding="utf-8") for room in LOWER for path in (SOURCE / room).rglob("*.py")
    }
    assert len(texts) > 100
    forbidden = ("placements__", "PlacementState", '"in_post"', '"appointed"', '"Placement"')
    assert {(path.name, word) for path, text in texts.items() for word in forbidden if word in text} == set()
