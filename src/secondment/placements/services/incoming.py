"""Somebody sent to us from outside: a name and a home unit are enough to begin; the rest follows by the roster."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.errors import DomainError
from secondment.files.names import clean_name
from secondment.people.models import Person
from secondment.people.services.changes import PersonChanges
from secondment.people.services.persons import create_person
from secondment.placements.services.recording import kind_of
from secondment.units.models import Unit
from secondment.units.services import create_unit


class OnRecordError(DomainError):
    """The person is on record already, or the unit is none from outside."""


@transaction.atomic
def bring_in(name: str, home: str, owner: Unit, *, by: User, at: dt.datetime) -> Person:
    """Put a person of an external unit on record, and the unit where it is new.

    Raises `OnRecordError`; birth and sex stay unknown until somebody fills them in.
    """
    unit = Unit.objects.under(owner).filter(name=home, is_active=True).first()
    if unit is not None and not unit.is_external:
        raise OnRecordError(
            _("%(unit)s是本地单位。请先在干部名册录入本人，再在“挂职干部”中选择。") % {"unit": home}
        )
    if unit is None:
        kind, level = kind_of(home)
        unit = create_unit(
            Unit(name=home, kind=kind, level=level, parent=owner, is_external=True), by=by, at=at
        )
    if Person.objects.filter(unit=unit, name=clean_name(name)).exists():
        raise OnRecordError(
            _("%(unit)s的%(name)s已在干部名册中。请在“挂职干部”中选择。") % {"unit": home, "name": name}
        )
    values = {"unit": unit, "name": name, "sex": "", "born_on": None}
    return create_person(PersonChanges(values), by=by, at=at)
