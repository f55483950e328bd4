"""Grades of a year that a room above has decided on, written into the files of the persons, where everybody reads them."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.people.models import AnnualGrade, Person


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
    rows.filter(person__in=changed).delete()
    AnnualGrade.objects.bulk_create(
        [AnnualGrade(person_id=pk, year=year, grade=grade) for pk, grade in changed.items() if grade]
    )
    Person.objects.filter(pk__in=changed).update(annual_text="", version=F("version") + 1)
    for pk, grade in changed.items():
        details = {"year": year, "from": before.get(pk, ""), "to": grade}
        record("person.set_annual_grade", people[pk], by=by, at=at, details=details)
    return len(changed)
