"""What a secondee writes in a year: summed over every declared duty, for each year of a term of the demo's length."""

import datetime as dt
from collections import Counter

import pytest
from tests.daily_work.scene import Scene, make_scene

from secondment.accounts.choices import Role
from secondment.campaigns.parameters import Burden
from secondment.campaigns.presets import PRESETS
from secondment.obligations.duties import DUTIES, Duty
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import Known, WithinEach
from secondment.placements.duties import PLACEMENTS, placement_duty

DAY = dt.timedelta(days=1)
MOST, CHARACTERS = 2, 500


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def writing_by_year(duties: list[Duty], scene: Scene) -> Counter[int]:
    """Year → texts asked of the secondee of the scene, in a term of two years."""
    person = scene.people[0]
    term = PLACEMENTS.term(person)
    assert term is not None
    found: Counter[int] = Counter()
    for duty in duties:
        asked: list[Period] = []
        on = term.starts_on
        while on <= term.ends_on + 60 * DAY:
            for call in duty.rhythm.calls(Known(person, term, asked, (), term.starts_on, on)):
                asked.append(call.period)
                found[call.due_on.year] += 1
            on += DAY
    return found


def writing() -> list[Duty]:
    return [one for one in DUTIES.values() if one.role == Role.SECONDEE and one.is_writing]


def test_the_one_text_a_year_is_all_that_is_declared(scene: Scene) -> None:
    assert {one.kind for one in writing()} == {"year_summary", "self_appraisal"}
    assert writing_by_year(writing(), scene) == {2026: 1, 2027: 1}


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", [1, 2, 28])
def test_whenever_a_term_begins_no_year_asks_for_a_second_text(scene: Scene, month: int, day: int) -> None:
    person = scene.people[0]
    person.starts_on, person.ends_on = dt.date(2026, month, day), dt.date(2028, month, day)
    asked = writing_by_year(writing(), scene)
    assert set(asked.values()) == {1}
    assert sum(asked.values()) in (2, 3)


def test_no_year_of_a_term_asks_for_more_than_two_texts(scene: Scene) -> None:
    assert max(writing_by_year(writing(), scene).values(), default=0) <= MOST
    assert all(one.characters <= CHARACTERS for one in writing())


def test_a_quarterly_note_would_be_found(scene: Scene) -> None:
    note = placement_duty(
        "test.note",
        label="小结",  # type: ignore[arg-type]  # as good as a promise here
        title="%(period)s小结",
        role=Role.SECONDEE,
        rhythm=WithinEach(lambda _placement: 3),
        characters=300,
    )
    assert max(writing_by_year([*writing(), note], scene).values()) > MOST


def test_programmes_begin_with_a_budget_of_two_texts() -> None:
    assert (Burden().items, Burden().characters) == (MOST, CHARACTERS)
    assert {preset.parameters.burden.items for preset in PRESETS} == {MOST}
