"""A small county whose every figure is known, and the same people counted by plain Python."""

import datetime as dt
from dataclasses import dataclass

from tests.makers import make_person, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.people.models import AbilityValue, AnnualGrade, CareerEntry, Person, Specialty
from secondment.units.models import Unit

ON = dt.date(2026, 11, 23)
BORN = (None, dt.date(1995, 11, 30), dt.date(1995, 12, 1), dt.date(1990, 11, 1), dt.date(1970, 1, 1))
EDUCATIONS = ("", "20", "11", "31", "41", "61", "90")
RANKS = (("132", ""), ("", "三级调研员"), ("", ""), ("150", ""), ("411", ""))
DEGREES = ("农学学士", "公共管理硕士", "学士", "", "工程硕士")
TAGS = ((), ("agriculture",), ("agriculture", "education"), ("health", "education", "other"))
GRADES = ((), (2025,), (2023, 2024, 2025), (2021, 2022, 2023, 2024))


@dataclass
class County:
    """The units, the people and the desk."""

    root: Unit
    bureau: Unit
    office: Unit
    other: Unit
    desk: User
    people: list[Person]


def make_county(n: int = 60) -> County:
    """People whose facts run through every kind of value, some unknown; one retired and one of another county."""
    root, other = make_unit("示例县"), make_unit("邻县")
    bureau, office = make_unit("农业农村局", root), make_unit("水务局", root)
    units = (root, bureau, office)
    people = [_person(units[at % 3], at) for at in range(n)]
    make_person(root, state="retired")
    make_person(other)
    return County(root, bureau, office, other, make_user(Role.ORGANISATION_DEPARTMENT, root), people)


def _person(unit: Unit, at: int) -> Person:
    rank, grade = RANKS[at % 5]
    person = make_person(
        unit,
        sex="12"[at % 2],
        born_on=BORN[at % 5],
        education_code=EDUCATIONS[at % 7],
        rank=rank,
        grade_rank=grade,
        full_time_degree=DEGREES[at % 5],
        degree_level=("4", "3", "4", "", "3")[at % 5],
        ethnicity=("01", "04")[at % 4 == 0],
        political_status=("01", "13")[at % 3 == 0],
        grassroots_years=(0, 1.9, 2, 7)[at % 4],
        is_reserve=at % 6 == 0,
        rank_since=(None, dt.date(2025, 11, 30), dt.date(2025, 12, 1))[at % 3],
    )
    for tag in TAGS[at % 4]:
        Specialty.objects.create(person=person, tag=tag)
    for year in GRADES[at % 4]:
        grade_of_year = "excellent" if (at + year) % 2 else "competent"
        AnnualGrade.objects.create(person=person, year=year, grade=grade_of_year)
    for number in range(at % 5):
        text = "示例大学农学专业学习" if number == 0 else "示例局科员"
        CareerEntry.objects.create(person=person, position=number + 1, text=text, is_study=number == 0)
    if at % 3:
        _ability(person, at)
    return person


def _ability(person: Person, at: int) -> None:
    """Three values; on one day the assessment is believed; one lies after the day of the analysis."""
    day = dt.date(2026, 1, 1)
    for value, source, on in (
        (90, "self", day),
        (74 + at % 3, "assessment", day),
        (95, "organisation", dt.date(2025, 1, 1)),
        (10, "assessment", dt.date(2026, 11, 24)),
    ):
        AbilityValue.objects.create(person=person, ability="mass_work", value=value, source=source, as_of=on)
