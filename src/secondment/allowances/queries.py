"""What a user sees of allowances: both offices of a placement, the departments above them, and the person."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, in_units, paths_of, under
from secondment.allowances.models import (
    FundYear,
    HealthCheck,
    Insurance,
    PayList,
    PayRow,
    TripCount,
    Voidable,
)
from secondment.allowances.reckoning import payer_of, rules_of
from secondment.allowances.rules import OFFICES, may_issue
from secondment.obligations.periods import Period
from secondment.placements.choices import PlacementState
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.units.models import Unit

DEPARTMENT = Role.ORGANISATION_DEPARTMENT
Record = TypeVar("Record", bound=Voidable)


def visible_to(user: User) -> QuerySet[Placement]:
    """Placements whose amounts the account may read; leaders and inspectors see none."""
    seen = (
        in_units("home_unit", paths_of(user, Role.HOME_UNIT, DEPARTMENT))
        | in_units("host_unit", paths_of(user, Role.HOST_UNIT, DEPARTMENT))
        | in_units("owner_unit", paths_of(user, DEPARTMENT))
    )
    if has_role(user, Role.SECONDEE):
        seen |= Q(person__account=user)
    return Placement.objects.filter(seen, state__in=BEGAN)


def recorded_by(user: User) -> QuerySet[Placement]:
    """Placements under way for which the account writes down insurance and checks."""
    mine = in_units("home_unit", paths_of(user, Role.HOME_UNIT)) | in_units(
        "owner_unit", paths_of(user, DEPARTMENT)
    )
    return Placement.objects.filter(mine, state=PlacementState.IN_POST).exclude(person__account=user)


def lists_visible_to(user: User) -> QuerySet[PayList]:
    """Issued lists of offices that the account acts for."""
    rows = PayList.objects.filter(under("payer_unit__path", paths_of(user, *OFFICES)))
    return rows.select_related("payer_unit", "issued_by")


def list_of(unit: Unit, period: Period) -> PayList | None:
    """The list that an office has issued for a period."""
    return PayList.objects.filter(payer_unit=unit, starts_on=period.starts_on, ends_on=period.ends_on).first()


def records_visible_to(user: User, model: type[Record]) -> QuerySet[Record]:
    """Records of a kind about placements whose amounts the account may read."""
    rows: QuerySet[Record] = model._default_manager.filter(  # noqa: SLF001 -- Django's documented name
        placement__in=visible_to(user).order_by().values("pk")
    )
    return rows


def payers_of(user: User) -> list[Unit]:
    """Offices that pay for somebody and that the account acts for."""
    placements = with_names(visible_to(user)).order_by("home_unit__path")
    found: dict[int, Unit] = {}
    for placement in placements:
        for rule in rules_of(placement):
            unit = payer_of(placement, rule.payer)
            if unit.pk not in found and may_issue(user, unit):
                found[unit.pk] = unit
    return sorted(found.values(), key=lambda one: one.path)


def rows_of(pay_list: PayList) -> QuerySet[PayRow]:
    """The rows of an issued list as they were written."""
    names = ("placement__person", "placement__host_unit", "placement__home_unit")
    return PayRow.objects.filter(pay_list=pay_list).select_related(*names).order_by("pk")


def paid_to(placement: Placement) -> QuerySet[PayRow]:
    """What lists have issued for a placement, the latest month first."""
    rows = PayRow.objects.filter(placement=placement).select_related("pay_list__payer_unit")
    return rows.order_by("-month", "kind", "pk")


def insurances_of(placements: Sequence[int]) -> QuerySet[Insurance]:
    """What counts, the one that holds longest last."""
    return Insurance.objects.filter(placement__in=placements, is_void=False).order_by("ends_on", "pk")


def checks_of(placements: Sequence[int]) -> QuerySet[HealthCheck]:
    """What counts, the last one last."""
    return HealthCheck.objects.filter(placement__in=placements, is_void=False).order_by("checked_on", "pk")


def trips_of(placement: Placement) -> QuerySet[TripCount]:
    """Trips that were noted down."""
    return TripCount.objects.filter(placement=placement).select_related("recorded_by")


def funds_of(placements: Sequence[int]) -> QuerySet[FundYear]:
    """Work funds, the last year last."""
    return FundYear.objects.filter(placement__in=placements).order_by("year")
