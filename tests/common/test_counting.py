"""What several queries count, asked at once."""

import pytest
from django.db.models import Count

from secondment.common.counting import count_together
from secondment.people.models import Person
from secondment.units.models import Unit
from tests.makers import make_person, make_unit

pytestmark = pytest.mark.django_db


def test_the_sum_is_that_of_each_counted_alone(django_assert_num_queries) -> None:
    units = [make_unit() for _ in range(3)]
    for unit in (units[0], units[0], units[1]):
        make_person(unit=unit, name="百%分之一" if unit is units[1] else "某人")
    queries = [
        Person.objects.select_related("unit").order_by("unit__name"),
        Person.objects.filter(name__contains="%"),
        Person.objects.order_by().values("unit").annotate(n=Count("pk")).order_by("n"),
        Person.objects.values("unit").distinct(),
        Unit.objects.annotate(n=Count("people")).filter(n__gt=0),
        Unit.objects.none(),
    ]
    alone = [rows.count() for rows in queries]
    assert alone[1:] == [1, 2, 2, 2, 0]
    with django_assert_num_queries(1):
        assert count_together(queries) == sum(alone)


def test_where_nothing_can_be_found_nothing_is_asked(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert count_together([Unit.objects.none(), Person.objects.filter(pk__in=[])]) == 0
