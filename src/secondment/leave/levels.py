"""Who decides on a leave of so many days: the levels of the programme, resolved to real offices."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Length
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.queries import accounts_of
from secondment.campaigns.choices import LeaveChain
from secondment.campaigns.parameters import LeaveLevel
from secondment.leave.parameters import leave_levels
from secondment.leave.spans import HALF_DAYS
from secondment.placements.models import Placement
from secondment.units.choices import UnitKind
from secondment.units.models import Unit


@dataclass(frozen=True)
class Office:
    """An office that decides; without an account the department in charge writes down what it decided."""

    unit: Unit
    role: Role
    has_account: bool


@dataclass(frozen=True)
class Approval:
    """The level as the programme names it, and its offices in their turn."""

    words: str
    offices: Sequence[Office]


def levels_of(placement: Placement) -> list[LeaveLevel]:
    """The levels of the programme, the shortest leave first; the last one has no end."""
    return [
        LeaveLevel(one["up_to_days"], one["approver"], one.get("chain", ""))
        for one in leave_levels(placement)
    ]


def level_for(placement: Placement, half_days: int) -> LeaveLevel:
    """The first level that is long enough."""
    levels = levels_of(placement)
    fitting = (one for one in levels if one.up_to_days and half_days <= one.up_to_days * HALF_DAYS)
    return next(fitting, levels[-1])


def approval_for(placement: Placement, half_days: int) -> Approval:
    """Who will decide, before anything is sent."""
    level = level_for(placement, half_days)
    offices = [
        Office(unit, role, accounts_of([unit], role).exists()) for unit, role in units_of(placement, level)
    ]
    return Approval(_(level.approver), offices)


def units_of(placement: Placement, level: LeaveLevel) -> list[tuple[Unit, Role]]:
    """The offices of a level, one after the other."""
    host = (host_office(placement), Role.HOST_UNIT)
    owner = (placement.owner_unit, Role.ORGANISATION_DEPARTMENT)
    if level.offices == LeaveChain.OWNER:
        return [owner]
    if level.offices == LeaveChain.HOST_OWNER:
        return [host, owner]
    if level.offices == LeaveChain.HOST_LOCAL:
        return [host, (local_department(placement), Role.ORGANISATION_DEPARTMENT)]
    return [host]


def host_office(placement: Placement) -> Unit:
    """The host unit; for a village the township, whose party committee answers for it."""
    host = placement.host_unit
    is_below_town = host.kind == UnitKind.VILLAGE and host.parent and host.parent.kind == UnitKind.TOWNSHIP
    return host.parent if is_below_town and host.parent else host


def local_department(placement: Placement) -> Unit:
    """The nearest organisation department above the host unit; the one in charge where there is none."""
    above = [int(part) for part in placement.host_unit.path.strip("/").split("/")]
    departments = Unit.objects.filter(
        kind=UnitKind.ORGANISATION_DEPARTMENT, is_active=True, parent__in=above
    ).order_by(Length("path").desc(), "path")
    return departments.first() or placement.owner_unit
