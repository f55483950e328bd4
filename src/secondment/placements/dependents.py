"""Placements that hang on a person or a unit."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.common.dependents import Dependent, hangs_on
from secondment.people.models import Person
from secondment.placements.queries import standing
from secondment.units.models import Unit


@hangs_on(Person)
def placements_of(person: Person, _on: dt.date) -> Iterator[Dependent]:
    """Where the person is, or is about to be."""
    for one in standing().filter(person=person).select_related("post__host_unit").order_by("pk"):
        facts = {
            "post": one.post,
            "first": one.starts_on,
            "last": one.last_day,
            "state": one.get_state_display(),
        }
        url = reverse("placements:placement_detail", args=[one.pk])
        yield Dependent(_("挂职：%(post)s（%(first)s至%(last)s，%(state)s）") % facts, url)


@hangs_on(Unit)
def people_of(unit: Unit, _on: dt.date) -> Iterator[Dependent]:
    """How many people the unit has sent, and how many it has received."""
    if n := standing().filter(home_unit=unit).count():
        yield Dependent(_("派出在外的挂职干部 %(n)d 人") % {"n": n})
    if n := standing().filter(host_unit=unit).count():
        yield Dependent(_("接收的挂职干部 %(n)d 人") % {"n": n})
