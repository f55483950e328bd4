"""Create, rename and move units; every change keeps the history."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.audit.services import Actor, record
from secondment.common.dependents import DependentsError, dependents_of
from secondment.common.errors import DomainError
from secondment.common.versions import lock_version
from secondment.units.choices import UnitKind
from secondment.units.models import Unit, UnitPeriod

FACTS = (
    "name",
    "short_name",
    "official_name",
    "kind",
    "level",
    "region_id",
    "credit_code",
    "position",
    "is_external",
)


class CircularMoveError(DomainError):
    """A unit cannot be moved below itself."""


class ReasonMissingError(DomainError):
    """A new name or place is kept in the history with its reason."""


class UnitStillUsedError(DomainError):
    """A unit is closed only after the units below it."""


class UnitClosedError(DomainError):
    """A unit with units in use below it cannot be closed."""


class UnitNameTakenError(DomainError):
    """A name is unique below the same parent."""


def lock_units(*units: Unit) -> list[Unit]:
    """Block every other change of the tree until the transaction ends, then reload `units`.

    The roots are locked, in one order, so that no two changes wait for each other. What a page read before
    may be untrue by now: two moves that are each right alone can make a circle together.
    """
    roots = Unit.objects.select_for_update(no_key=True).filter(parent=None)
    list(roots.order_by("pk").values_list("pk"))
    known = Unit.objects.select_related("parent").in_bulk([unit.pk for unit in units])
    return [known[unit.pk] for unit in units]


@transaction.atomic
def create_unit(unit: Unit, *, by: Actor | None, at: dt.datetime) -> Unit:
    """Save a new unit below `unit.parent`, give it its path, open its history and record it."""
    unit.parent = _open_parent(unit.parent)
    _require_free_name(unit, unit.parent)
    if unit.region_id is None and unit.parent and not unit.is_external and unit.kind != UnitKind.REGION:
        unit.region_id = unit.parent.region_id  # an office lies where the place above it lies
    unit.save()
    unit.path = f"{unit.parent.path if unit.parent else ''}{unit.pk}/"
    unit.save(update_fields=["path"])
    UnitPeriod.objects.create(unit=unit, name=unit.name, parent=unit.parent, starts_on=_day(at))
    record("unit.create", unit, by=by, at=at)
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit | None, reason: str, by: Actor | None, at: dt.datetime) -> Unit:
    """Move a unit with everything below it; paths change, the period that ends keeps its old place."""
    parent = _open_parent(parent)
    unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if parent is not None and parent.is_under(unit):
        raise CircularMoveError(_("不能把单位移到它自己或它的下级单位之下，请另选上级单位。"))
    _require_free_name(unit, parent)
    old, new = unit.path, f"{parent.path if parent else ''}{unit.pk}/"
    unit.parent = parent
    unit.version = F("version") + 1
    unit.save(update_fields=["parent", "version"])
    Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.refresh_from_db()
    _start_period(unit, on=_day(at), reason=reason)
    record("unit.move", unit, by=by, at=at, details={"from": old, "to": new, "reason": reason})
    return unit


@transaction.atomic
def change_unit(
    unit: Unit, *, by: Actor | None, at: dt.datetime, version: int | None = None, reason: str = ""
) -> Unit:
    """Bring name and facts to those of `unit`; a new name needs a reason and starts a period of the history."""
    lock_units()
    locked = lock_version(unit, version=version)
    changed = {
        name: [getattr(locked, name), getattr(unit, name)]
        for name in FACTS
        if getattr(locked, name) != getattr(unit, name)
    }
    if "name" in changed and not reason.strip():
        raise ReasonMissingError(_("更名须写明事由，例如机构改革文件的文号。"))
    _require_free_name(unit, locked.parent)
    for name, (_old, new) in changed.items():
        setattr(locked, name, new)
    locked.save()
    if "name" in changed:
        _start_period(locked, on=_day(at), reason=reason)
    details = {"changed": changed, "reason": reason}
    record("unit.change", locked, by=by, at=at, details=details)
    return locked


@transaction.atomic
def close_unit(
    unit: Unit, *, reason: str, by: Actor | None, at: dt.datetime, is_confirmed: bool = False
) -> Unit:
    """Take a unit out of use; what refers to it stays.

    Raises `DependentsError` when something depends on the unit and closing is not confirmed.
    """
    lock_units()
    locked = lock_version(unit, version=None)
    if Unit.objects.under(locked).exclude(pk=locked.pk).filter(is_active=True).exists():
        raise UnitStillUsedError(_("该单位下面还有在用的单位。请先停用或划转下级单位。"))
    if not is_confirmed and (dependents := dependents_of(locked, _day(at))):
        raise DependentsError(_("%(unit)s尚有未办结事项：") % {"unit": locked.name}, dependents)
    locked.is_active = False
    locked.save()
    record("unit.close", locked, by=by, at=at, details={"reason": reason})
    return locked


@transaction.atomic
def reopen_unit(unit: Unit, *, by: Actor | None, at: dt.datetime) -> Unit:
    """Put a closed unit back into use; the unit above it comes first."""
    lock_units()
    locked = lock_version(unit, version=None)
    _open_parent(locked.parent)
    locked.is_active = True
    locked.save()
    record("unit.reopen", locked, by=by, at=at)
    return locked


def _open_parent(parent: Unit | None) -> Unit | None:
    """The current parent, with the tree locked; refuses one that is closed."""
    if parent is None:
        lock_units()
        return None
    (fresh,) = lock_units(parent)
    if not fresh.is_active:
        raise UnitClosedError(
            _("上级单位“%(name)s”已停用。请先恢复使用该单位，或另选上级单位。") % {"name": fresh.name}
        )
    return fresh


def _require_free_name(unit: Unit, parent: Unit | None) -> None:
    below = Unit.objects.filter(parent=parent, name=unit.name).exclude(pk=unit.pk)
    if parent is not None and below.exists():
        raise UnitNameTakenError(
            _("“%(parent)s”之下已有名为“%(name)s”的单位。请先更名，或另选上级单位。")
            % {"parent": parent.name, "name": unit.name}
        )


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
