"""Persons with their careers, grades, families, abilities and specialties."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.db import models

from secondment.demo.facts import DemoPerson, rated_on
from secondment.files.identity import parse_identity_number
from secondment.people.career_facts import UnitNames, derive_career
from secondment.people.choices import AbilitySource
from secondment.people.models import (
    AbilityValue,
    AnnualGrade,
    CareerEntry,
    FamilyFirm,
    FamilyMember,
    Penalty,
    Person,
    Specialty,
)
from secondment.people.names import name_initials, name_key
from secondment.people.services.protected import seal_identity
from secondment.units.models import Unit

BATCH = 1000
SAME_NAMES = [
    "name",
    "sex",
    "born_on",
    "ethnicity",
    "native_place",
    "political_status",
    "joined_party_on",
    "started_work_on",
    "category",
    "post_title",
    "rank",
    "grade_rank",
    "rank_since",
    "professional_title",
    "title_level",
    "grassroots_years",
    "is_reserve",
    "willingness",
    "state",
    "occupation",
    "is_under_investigation",
    "constraints_text",
]
Row = TypeVar("Row", bound=models.Model)


def load_people(people: Sequence[DemoPerson], units: dict[str, Unit], *, on: dt.date) -> dict[str, Person]:
    """Save all persons; returns them by key."""
    saved = {
        person.key: _person(person, units, phone(number), on) for number, person in enumerate(people, start=1)
    }
    Person.objects.bulk_create(saved.values(), batch_size=BATCH)
    pairs = [(person, saved[person.key]) for person in people]
    _save(Specialty, pairs, _specialties)
    names = UnitNames.load()
    _save(CareerEntry, pairs, lambda person, row: _career(person, row, names))
    _save(AnnualGrade, pairs, _grades)
    _save(Penalty, pairs, _penalties)
    _save(FamilyFirm, pairs, _firms)
    _save(AbilityValue, pairs, lambda person, row: _abilities(person, row, on))
    _save(FamilyMember, pairs, lambda person, row: _family(person, row, units, saved))
    return saved


def _save(
    model: type[Row],
    pairs: Sequence[tuple[DemoPerson, Person]],
    rows_of: Callable[[DemoPerson, Person], Iterator[Row]],
) -> None:
    rows = (row for person, saved in pairs for row in rows_of(person, saved))
    model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 -- Django's documented name


def phone(number: int) -> str:
    """A telephone number that nobody can have: no area code is 000."""
    return f"000-{number:08d}"


def _person(person: DemoPerson, units: dict[str, Unit], phone: str, recorded_on: dt.date) -> Person:
    education = person.education
    row = Person(
        unit=units[person.unit],
        recorded_on=recorded_on,
        phone=phone,
        name_key=name_key(person.name),
        name_initials=name_initials(person.name),
        birth_place=person.native_place,
        native_region_id=person.native_region,
        growth_region_id=person.growth_region,
        full_time_education=education.full_time,
        full_time_degree=education.full_time_degree,
        full_time_school=education.full_time_school,
        on_job_education=education.on_job,
        on_job_degree=education.on_job_degree,
        on_job_school=education.on_job_school,
        education_code=education.code,
        degree_level=education.degree_level,
        **{name: getattr(person, name) for name in SAME_NAMES},
    )
    seal_identity(row, parse_identity_number(person.identity_number))
    return row


def _specialties(person: DemoPerson, row: Person) -> Iterator[Specialty]:
    return (Specialty(person=row, tag=tag) for tag in person.specialties)


def _career(person: DemoPerson, row: Person, units: UnitNames) -> Iterator[CareerEntry]:
    lines = [
        CareerEntry(
            person=row,
            position=number,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            text=line.text,
            is_grassroots=line.is_grassroots,
        )
        for number, line in enumerate(person.career, start=1)
    ]
    derive_career(lines, units)
    return iter(lines)


def _grades(person: DemoPerson, row: Person) -> Iterator[AnnualGrade]:
    return (AnnualGrade(person=row, year=year, grade=grade) for year, grade in person.grades)


def _penalties(person: DemoPerson, row: Person) -> Iterator[Penalty]:
    return (
        Penalty(
            person=row, kind=one.kind, starts_on=one.starts_on, ends_on=one.ends_on, document=one.document
        )
        for one in person.penalties
    )


def _firms(person: DemoPerson, row: Person) -> Iterator[FamilyFirm]:
    return (
        FamilyFirm(
            person=row, runner=firm.runner, name=firm.name, industry=firm.industry, region_id=firm.region
        )
        for firm in person.firms
    )


def _abilities(person: DemoPerson, row: Person, on: dt.date) -> Iterator[AbilityValue]:
    return (
        AbilityValue(
            person=row,
            ability=ability,
            value=value,
            source=AbilitySource.ORGANISATION,
            as_of=rated_on(on),
        )
        for ability, value in person.abilities
    )


def _family(
    person: DemoPerson, row: Person, units: dict[str, Unit], people: dict[str, Person]
) -> Iterator[FamilyMember]:
    return (
        FamilyMember(
            person=row,
            position=number,
            title=one.title,
            kinship=one.kinship,
            name=one.name,
            born_text=one.born_text,
            political_status=one.political_status,
            work_text=one.work_text,
            unit=units.get(one.unit),
            is_leading=one.is_leading,
            relative=people.get(one.person),
        )
        for number, one in enumerate(person.family, start=1)
    )
