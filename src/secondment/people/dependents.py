"""People who depend on a unit."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from secondment.common.dependents import Dependent, hangs_on
from secondment.people.choices import PersonState
from secondment.people.models import Person
from secondment.units.models import Unit


@hangs_on(Unit)
def people_of(unit: Unit, _on: dt.date) -> Iterator[Dependent]:
    """Everyone in service."""
    if n := Person.objects.filter(unit=unit, state=PersonState.ACTIVE).count():
        yield Dependent(_("在职干部 %(n)d 人") % {"n": n})
