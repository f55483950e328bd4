"""What follows in the yearly assessment when a placement or the file of a person changes."""

import datetime as dt

from secondment.assessments.services.rechecking import recheck_of
from secondment.common.dependents import follows
from secondment.people.models import Person
from secondment.placements.models import Placement


@follows(Placement)
def recheck_placement(placement: Placement, _on: dt.date) -> None:
    """Days at the host unit may be others now."""
    recheck_of([placement.person_id])


@follows(Person)
def recheck_person(person: Person, _on: dt.date) -> None:
    """A penalty, an investigation or a grade on record may be another now."""
    recheck_of([person.pk])
