"""The force of a past day: what is on record of it, and what is not, is counted and reached; nothing is guessed."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.makers import make_person, make_unit, make_user
from tests.pages import text_of
from tests.workforce.people import ON

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.algorithms.structure.dimensions import NO_HISTORY
from secondment.people.models import CareerEntry, Person, Specialty
from secondment.units.models import Unit
from secondment.workforce.counting import Cell, DatabasePeople
from secondment.workforce.measures import Day

pytestmark = pytest.mark.django_db
SINCE = dt.date(2024, 5, 1)


@pytest.fixture
def county() -> Unit:
    return make_unit("示例县")


def on_record(unit: Unit, recorded_on: dt.date, **fields: object) -> Person:
    person = make_person(unit, **fields)
    Person.objects.filter(pk=person.pk).update(recorded_on=recorded_on)
    return person


def of_day(on: dt.date) -> DatabasePeople:
    return DatabasePeople(Person.objects.all(), Day(on, is_past=True))


def test_a_rank_is_known_from_the_day_it_was_reached(county: Unit) -> None:
    on_record(county, dt.date(2026, 1, 1), rank="132", rank_since=SINCE)
    known, before = of_day(SINCE), of_day(SINCE - dt.timedelta(days=1))
    assert known.distribution("rank").n_of("county_deputy") == 1
    unknown = before.distribution("rank")
    assert (unknown.n_no_history, unknown.n_stated, unknown.share_of("county_deputy")) == (1, 0, None)
    assert before.within([Cell("rank", NO_HISTORY)]).count() == 1
    assert known.within([Cell("rank", NO_HISTORY)]).count() == 0


def test_every_dimension_can_be_counted_on_a_past_day(county: Unit) -> None:
    """Known and unknown together are all the people, whatever is asked."""
    for at, recorded_on in enumerate((dt.date(2020, 1, 1), dt.date(2026, 1, 1))):
        person = on_record(county, recorded_on, full_time_degree="农学学士", degree_level="4")
        Specialty.objects.bulk_create(
            [Specialty(person=person, tag=tag) for tag in ("agriculture", "health")[: at + 1]]
        )
        CareerEntry.objects.create(
            person=person, position=1, text="示例局科员", starts_on=dt.date(2008, 7, 1)
        )
    people = of_day(dt.date(2023, 1, 1))
    for key in people.measures:
        counted = people.distribution(key)
        assert counted.n_stated + counted.n_not_stated + counted.n_no_history == 2, key
    assert people.distribution("specialty").n_of("agriculture") == 1
    assert people.distribution("breadth").n_of("one") == 1
    assert people.distribution("discipline").n_of("agronomy") == 1
    assert people.distribution("grass_roots").n_of("under_2_years") == 2  # by the months of the career
    assert people.distribution("reserve").n_of("no") == 1
    assert people.distribution("posts_held").n_of("one") == 2
    assert people.distribution("years_in_rank").n_no_history == 1


def test_several_specialties_of_a_past_day_are_each_counted(county: Unit) -> None:
    person = on_record(county, dt.date(2020, 1, 1))
    for tag in ("agriculture", "health"):
        Specialty.objects.create(person=person, tag=tag)
    people = of_day(dt.date(2023, 1, 1))
    cross = people.crossed(["specialty", "sex"])
    assert int(cross.counts.sum()) == 2
    for tag in ("agriculture", "health"):
        assert people.within([Cell("specialty", tag), Cell("sex", "male")]).count() == 1


@pytest.fixture
def desk(county: Unit) -> User:
    return make_user(Role.ORGANISATION_DEPARTMENT, county)


def test_pages_of_a_past_day_say_what_is_not_on_record(
    signed_in: Callable[..., Client], county: Unit, desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *given: ON if not given else given[0].date())
    below = make_unit("水务局", county)
    on_record(below, dt.date(2026, 1, 1), rank_since=SINCE)
    on_record(below, dt.date(2020, 1, 1))
    client = signed_in(desk)
    asked = {"as_of": "2023-06-30"}
    words = text_of(client.get("/workforce/structure/education/", asked))
    assert "无历史记录" in words
    assert "共 2 人。" in words
    (block,) = client.get("/workforce/cross/", {**asked, "rows": "unit", "columns": "sex"}).context["blocks"]
    assert {label: cells[0].n for label, cells, _total in block.rows} == {"水务局": 1, "无历史记录": 1}
    for _label, cells, _total in block.rows:
        assert "共 1 条" in text_of(client.get(cells[0].url))
