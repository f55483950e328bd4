"""People counted in the database, against plain Python and against the same people as a roster."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.makers import make_person
from tests.workforce.people import ON, County, make_county

from secondment.algorithms.structure.counting import CountingError, CrossTable
from secondment.algorithms.structure.dimensions import NOT_STATED, AgeBy
from secondment.algorithms.structure.distribution import distribution
from secondment.files.codes.education import label_of
from secondment.files.structure.roster import RosterOptions, read_roster
from secondment.people.choices import PersonState
from secondment.people.models import Person
from secondment.workforce.counting import Cell, DatabasePeople, joined, parted
from secondment.workforce.measures import MEASURES, Day, level_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


def counted(county: County, on: dt.date = ON) -> DatabasePeople:
    people = Person.objects.filter(unit__path__startswith=county.root.path, state=PersonState.ACTIVE)
    return DatabasePeople(people, Day(on, is_past=False))


def filled(cross: CrossTable) -> dict[tuple[str, ...], int]:
    """Keys of the classes → people, empty ones left out."""
    found = {}
    for place in np.argwhere(cross.counts):
        keys = tuple(
            one.buckets[at].key if at < len(one.buckets) else NOT_STATED
            for one, at in zip(cross.dimensions, place, strict=True)
        )
        found[keys] = int(cross.counts[tuple(place)])
    return found


def test_a_person_is_as_old_as_the_months_say() -> None:
    """Born in the month of the day: a year older on its first day already; born a month later: not yet."""
    root = make_county(0).root
    for born in (dt.date(1995, 11, 30), dt.date(1995, 12, 1), dt.date(1996, 11, 1)):
        make_person(root, born_on=born)
    people = DatabasePeople(
        Person.objects.filter(unit=root, state="active"), Day(dt.date(2026, 11, 1), is_past=False)
    )
    assert filled(people.crossed(["age"])) == {("from_31_to_35",): 1, ("to_30",): 2}
    assert people.mean_age == pytest.approx((31 + 30 + 30) / 3)


def test_counts_equal_those_of_plain_python(county: County) -> None:
    people = counted(county)
    assert people.n_people == 60
    by_hand = Counter((one.sex, one.political_status) for one in county.people)
    words = {"1": "male", "2": "female", "01": "communist_party", "13": "other"}
    expected = {(words[sex], words[party]): n for (sex, party), n in by_hand.items()}
    assert filled(people.crossed(["sex", "party"])) == expected


def test_every_figure_equals_that_of_the_same_people_as_a_roster(county: County, tmp_path: Path) -> None:
    """The command line reads the people from a file: another way to the same numbers."""
    path = tmp_path / "roster.csv"
    _write_roster(path, county.people)
    roster = read_roster(path, RosterOptions(ON))
    people = counted(county)
    compared = 0
    for dimension in roster.dimensions:
        if dimension.key in MEASURES:
            assert filled(people.crossed([dimension.key])) == filled(roster.people.cross([dimension], ON)), (
                dimension.key
            )
            compared += 1
    assert compared == 18
    assert people.mean_age == pytest.approx(roster.people.mean_age(ON, AgeBy.MONTH))
    by_key = {one.key: one for one in roster.dimensions}
    for keys in (("age", "sex", "rank"), ("specialty", "education"), ("rank", "specialty", "sex")):
        there = roster.people.cross([by_key[key] for key in keys], ON)
        assert filled(people.crossed(keys)) == filled(there), keys


def test_abilities_are_the_latest_and_most_believed(county: County) -> None:
    by_hand = Counter(
        ("fair" if 74 + at % 3 < 75 else "fairly_good") if at % 3 else NOT_STATED for at in range(60)
    )
    assert filled(counted(county).crossed(["ability_mass_work"])) == {(key,): n for key, n in by_hand.items()}
    assert filled(counted(county, dt.date(2024, 12, 31)).crossed(["ability_mass_work"])) == {
        (NOT_STATED,): 60
    }


@pytest.mark.parametrize(
    ("points", "place"), [(-1, -1), (0, 3), (59, 3), (60, 2), (74, 2), (75, 1), (84, 1), (85, 0), (100, 0)]
)
def test_points_have_a_level(points: int, place: int) -> None:
    assert level_place(points) == place


def test_posts_held_are_lines_of_work(county: County) -> None:
    """The first line of each career is one of study."""
    lines = Counter(max(at % 5 - 1, 0) for at in range(60))
    expected = {(NOT_STATED,): lines[0], ("one",): lines[1], ("two_or_three",): lines[2] + lines[3]}
    assert filled(counted(county).crossed(["posts_held"])) == expected


def test_the_people_behind_every_number_are_as_many_as_it_says(county: County) -> None:
    people = counted(county)
    for keys in (
        ["age", "sex"],
        ["specialty", "rank"],
        ["excellent_years", "reserve"],
        ["discipline", "breadth"],
        ["ability_mass_work", "grass_roots"],
    ):
        for cell, n in filled(people.crossed(keys)).items():
            cells = [Cell(key, bucket) for key, bucket in zip(keys, cell, strict=True)]
            assert people.within(parted(joined(cells))).count() == n, cells
    assert people.within([Cell("sex", NOT_STATED)]).count() == 0


def test_what_there_is_not_is_refused(county: County) -> None:
    people = counted(county)
    for keys in ([], ["sex", "sex"], ["sex", "age", "rank", "party"], ["height"]):
        with pytest.raises(CountingError):
            people.crossed(keys)
    for cell in (Cell("sex", "third"), Cell("height", "tall")):
        with pytest.raises(CountingError):
            people.within([cell])
    with pytest.raises(CountingError):
        parted("sex")
    with pytest.raises(CountingError):
        people.cross([MEASURES["sex"].dimension], dt.date(2020, 1, 1))


def test_the_database_can_be_counted_as_any_body_of_officials(county: County) -> None:
    people = counted(county)
    assert distribution(people, MEASURES["sex"].dimension, ON).counts == (30, 30)


def test_nobody_has_no_mean_age() -> None:
    assert DatabasePeople(Person.objects.none(), Day(ON, is_past=False)).mean_age is None


def test_a_cross_is_one_query_however_many_people(county: County) -> None:
    people = counted(county)
    with CaptureQueriesContext(connection) as queries:
        people.crossed(["age", "specialty", "ability_mass_work"])
    assert len(queries) == 1


def _write_roster(path: Path, people: list[Person]) -> None:
    heads = "姓名 性别 出生年月 最高学历 全日制学位 职务层次 职级 政治面貌 民族 任现职务层次时间 基层工作年限 专业领域 优秀年轻干部 年度考核结果 人员类别"
    grades = {"excellent": "优秀", "competent": "称职"}
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(heads.split())
        for one in people:
            rows.writerow(
                [
                    one.name,
                    one.sex,
                    one.born_on or "",
                    one.education_code and label_of(one.education_code),
                    one.full_time_degree,
                    one.rank,
                    one.grade_rank,
                    one.political_status,
                    one.ethnicity,
                    one.rank_since or "",
                    one.grassroots_years,
                    "、".join(tag.tag for tag in one.specialties.all()),
                    "是" if one.is_reserve else "否",
                    "；".join(f"{row.year}{grades[row.grade]}" for row in one.annual_grades.order_by("year")),
                    one.category,
                ]
            )
