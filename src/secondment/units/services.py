"""Create, rename and move units; every change keeps the history."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.audit.services import Actor, record
from secondment.common.errors import DomainError
from secondment.units.models import Unit, UnitPeriod


class CircularMoveError(DomainError):
    """A unit cannot stand below itself."""


@transaction.atomic
def create_unit(unit: Unit, *, by: Actor | None, at: dt.datetime) -> Unit:
    """Save a new unit below `unit.parent`, give it its path, open its history and record it."""
    unit.save()
    unit.path = f"{unit.parent.path if unit.parent else ''}{unit.pk}/"
    unit.save(update_fields=["path"])
    UnitPeriod.objects.create(unit=unit, name=unit.name, parent=unit.parent, starts_on=_day(at))
    record("unit.create", unit, by=by, at=at, unit_path=unit.path)
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit | None, reason: str, by: Actor | None, at: dt.datetime) -> Unit:
    """Move a unit with everything below it; paths change, the period that ends keeps where it stood."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if parent is not None and parent.is_under(unit):
        raise CircularMoveError(_("不能把单位移到它自己或它的下级单位之下，请另选上级单位。"))
    old, new = unit.path, f"{parent.path if parent else ''}{unit.pk}/"
    unit.parent = parent
    unit.version = F("version") + 1
    unit.save(update_fields=["parent", "version"])
    Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.refresh_from_db()
    _start_period(unit, on=_day(at), reason=reason)
    record(
        "unit.move",
        unit,
        by=by,
        at=at,
        unit_path=unit.path,
        details={"from": old, "to": new, "reason": reason},
    )
    return unit


def _day(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()


def _start_period(unit: Unit, *, on: dt.date, reason: str) -> None:
    """Close the open period on `on` and open the next; two changes on one day leave one period."""
    period = UnitPeriod.objects.select_for_update().get(unit=unit, ends_on=None)
    if period.starts_on < on:
        period.ends_on = on
        period.save(update_fields=["ends_on"])
        UnitPeriod.objects.create(unit=unit, name=unit.name, parent=unit.parent, starts_on=on, reason=reason)
        return
    period.name, period.parent, period.reason = unit.name, unit.parent, reason
    period.save(update_fields=["name", "parent", "reason"])
