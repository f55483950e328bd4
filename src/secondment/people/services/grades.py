"""Grades of a year that a room above has decided on, written into the files of the persons, where everybody reads them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.people.models import AnnualGrade, Person, PersonChange
from secondment.people.services.history import Change, changes_of, rows_change


@transaction.atomic
def set_annual_grades(grades: Mapping[int, str], *, year: int, by: User, at: dt.datetime) -> int:
    """Write the grade of each person (by key) for the year; "" takes it out. Returns how many files changed.

    Whether `by` may decide is the question of the room that decided; whose file it is does not matter here, because a
    placement may be assessed by another department than that of the home unit. The appointment form's own sentence
    would contradict the grades, so it goes; exports write a new one.
    """
    people = Person.objects.select_for_update().in_bulk(sorted(grades))
    rows = AnnualGrade.objects.filter(person__in=people, year=year)
    before = dict(rows.values_list("person", "grade"))
    changed = {pk: grade for pk, grade in grades.items() if before.get(pk, "") != grade}
    history = _history(people, changed, year, by=by, at=at)
    rows.filter(person__in=changed).delete()
    AnnualGrade.objects.bulk_create(
        [AnnualGrade(person_id=pk, year=year, grade=grade) for pk, grade in changed.items() if grade]
    )
    Person.objects.filter(pk__in=changed).update(annual_text="", version=F("version") + 1)
    PersonChange.objects.bulk_create(history)
    for pk, grade in changed.items():
        details = {"year": year, "from": before.get(pk, ""), "to": grade}
        record("person.set_annual_grade", people[pk], by=by, at=at, details=details)
    return len(changed)


def _history(
    people: Mapping[int, Person], changed: Mapping[int, str], year: int, *, by: User, at: dt.datetime
) -> list[PersonChange]:
    """The lists of grades as they stand with those that will replace them, and the sentences that go."""
    known: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = AnnualGrade.objects.filter(person__in=changed).order_by("-year")
    for person, its_year, grade in rows.values_list("person", "year", "grade"):
        known[person].append({"year": its_year, "grade": grade})
    found = []
    for pk, grade in changed.items():
        left = {row["year"]: row["grade"] for row in known[pk] if row["year"] != year}
        left |= {year: grade} if grade else {}
        new = [{"year": one, "grade": left[one]} for one in sorted(left, reverse=True)]
        changes = [rows_change("annual_grades", known[pk], new)]
        if people[pk].annual_text:
            changes.append(Change("annual_text", people[pk].annual_text, ""))
        found += changes_of(people[pk], changes, by=by, at=at)
    return found
