"""Looks at the parts of a person that an auditor asks about: on record, one event an account, part and day."""

import datetime as dt

from django.db import transaction

from secondment.accounts.models import User
from secondment.audit.services import record_look
from secondment.people.models import Person
from secondment.people.sections import Section

LOOKS = {
    Section.EMERGENCY: "person.look_emergency",
    Section.FAMILY: "person.look_family",
    Section.PENALTIES: "person.look_penalties",
    Section.ASSESSMENT: "person.look_assessment",
    Section.PHOTO: "person.look_photo",
}


@transaction.atomic
def note_looks(person: Person, sections: frozenset[Section], *, by: User, at: dt.datetime) -> None:
    """Record the first look of the day at each of `sections`; the others are not asked about."""
    for section, action in LOOKS.items():
        if section in sections:
            record_look(action, person, by=by, at=at)
