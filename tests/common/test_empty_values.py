"""Rows without a value stand last, whichever way a list is sorted."""

from types import SimpleNamespace

import pytest
from django.db.models import F

from secondment.common.listing.rows import sorted_rows
from secondment.people.models import Person
from tests.makers import make_person, make_unit

AGES = [None, 3, 1, None, 2]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["started_work_on", F("started_work_on")])
def test_rows_of_the_database_without_a_value_stand_last(key: str | F) -> None:
    unit = make_unit()
    for year in AGES:
        make_person(unit, started_work_on=year and f"200{year}-07-01")
    for is_descending, expected in ((False, [1, 2, 3, None, None]), (True, [3, 2, 1, None, None])):
        rows = sorted_rows(Person.objects.all(), [key], is_descending=is_descending)
        assert [row.started_work_on and row.started_work_on.year - 2000 for row in rows] == expected


def test_other_rows_without_a_value_stand_last() -> None:
    rows = [SimpleNamespace(age=age) for age in AGES]
    for is_descending, expected in ((False, [1, 2, 3, None, None]), (True, [3, 2, 1, None, None])):
        assert [row.age for row in sorted_rows(rows, ["age"], is_descending=is_descending)] == expected
