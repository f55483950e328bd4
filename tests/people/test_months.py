"""A file that knows the month alone does not take away a day that is known."""

import datetime as dt

import pytest

from secondment.files.dates import Month
from secondment.people.files.form_draft import settled
from secondment.people.models import Person

KNOWN = dt.date(1985, 3, 12)


@pytest.mark.parametrize(
    ("person", "value", "expected"),
    [
        (Person(born_on=KNOWN), Month(1985, 3), KNOWN),
        (Person(born_on=KNOWN), Month(1985, 4), dt.date(1985, 4, 1)),
        (Person(born_on=KNOWN), Month(1986, 3), dt.date(1986, 3, 1)),
        (Person(born_on=KNOWN), dt.date(1985, 3, 20), dt.date(1985, 3, 20)),
        (Person(born_on=None), Month(1985, 3), dt.date(1985, 3, 1)),
        (None, Month(1985, 3), dt.date(1985, 3, 1)),
    ],
)
def test_a_day_known_within_the_month_is_kept(
    person: Person | None, value: Month | dt.date, expected: dt.date
) -> None:
    assert settled("born_on", value, person) == expected
