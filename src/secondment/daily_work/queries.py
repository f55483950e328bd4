"""What a user sees of daily work."""

import datetime as dt
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from django.db.models import Max, Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.scopes import grants, in_units, paths_of, under
from secondment.daily_work.cycles import Cycle
from secondment.daily_work.desk import WORKED
from secondment.daily_work.models import (
    CycleRecord,
    HomeNotice,
    HostReport,
    PresenceConfirmation,
    SupportItem,
    UrgentMatter,
    UrgentOffice,
)
from secondment.obligations.periods import YEAR
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.placements.queries import with_names
from secondment.units.models import Unit

NAMES = (
    "placement__person__account",
    "placement__post",
    "placement__host_unit__parent",
    "placement__home_unit",
    "placement__owner_unit",
    "placement__programme_version__programme",
)
Record = TypeVar("Record", bound=CycleRecord)
LONGEST = dt.timedelta(days=31 * YEAR)


def handed_in_by(user: User, *cycles: Cycle) -> QuerySet[Placement]:
    """Placements about which the account hands something in: of its office, and those its organisation department manages."""
    mine = in_units("owner_unit", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    for cycle in cycles:
        side = "host_unit" if cycle.role == Role.HOST_UNIT else "home_unit"
        mine |= in_units(side, paths_of(user, cycle.role))
    return Placement.objects.filter(mine, state__in=WORKED)


def about(placements: QuerySet[Placement], ends_on: dt.date) -> QuerySet[Placement]:
    """Those whose term may touch a period that ends so, with everything that rows name."""
    touched = placements.filter(starts_on__lt=ends_on, ends_on__gt=ends_on - LONGEST)
    return (
        with_names(touched)
        .select_related("person__account")
        .order_by("host_unit__path", "person__name_key", "pk")
    )


def host_offices(user: User, placements: QuerySet[Placement]) -> list[Unit]:
    """Host units of these placements and the units above them, such as a township of villages, within the account's scope."""
    hosts = Unit.objects.filter(pk__in=placements.order_by().values("host_unit"))
    scope = under("path", paths_of(user, Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT))
    asked = Q(pk__in=hosts.order_by().values("pk")) | Q(pk__in=hosts.order_by().values("parent"))
    return list(Unit.objects.filter(asked & scope).order_by("path"))


def notices_of(user: User) -> QuerySet[HomeNotice]:
    """Current notices that the account may read: its own, of its home unit, of its organisation department."""
    overseen = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    seen = (
        in_units("placement__home_unit", [*overseen, *paths_of(user, Role.HOME_UNIT)])
        | in_units("placement__host_unit", overseen)
        | in_units("placement__owner_unit", overseen)
        | Q(placement__person__account=user)
    )
    return HomeNotice.objects.filter(seen, is_current=True)


def for_list(notices: QuerySet[HomeNotice]) -> QuerySet[HomeNotice]:
    """Notices with everything that lists and pages name."""
    sides = ("home_unit", "host_unit", "owner_unit")
    return notices.select_related(
        "placement__person", *(f"placement__{side}" for side in sides), "handed_in_by"
    )


def in_post_overseen(user: User) -> QuerySet[Placement]:
    """People in post that the account oversees as organisation department or leader."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)
    seen = in_units("home_unit", paths) | in_units("host_unit", paths) | in_units("owner_unit", paths)
    rows = Placement.objects.filter(seen, state=PlacementState.IN_POST)
    return rows.select_related("host_unit", "home_unit", "programme_version")


def support_of(user: User) -> QuerySet[SupportItem]:
    """Support items the account reads: of both units and those who oversee them; nobody reads what is reported about oneself."""
    seen = placements_visible_to(user).exclude(person__account=user)
    return SupportItem.objects.filter(placement__in=seen.order_by().values("pk"))


def with_support_names(items: QuerySet[SupportItem]) -> QuerySet[SupportItem]:
    """Items with everything that lists and pages name."""
    return items.select_related(*NAMES, "owner", "report")


def urgent_of(user: User) -> QuerySet[UrgentMatter]:
    """Urgent matters that the account told, or that its office told or was told of."""
    held = Q(pk__in=[])
    for role, path in grants(user):
        held |= Q(role=role, unit__path__startswith=path)
    offices = UrgentOffice.objects.filter(held)
    known = UrgentMatter.objects.filter(pk__in=offices.order_by().values("matter"))
    # whom it is about sees it where they told it themselves, and not as a clerk of an office
    others = known.exclude(placement__person__account=user)
    return UrgentMatter.objects.filter(Q(reported_by=user) | Q(pk__in=others.order_by().values("pk")))


def with_urgent_names(matters: QuerySet[UrgentMatter]) -> QuerySet[UrgentMatter]:
    """Matters with everything that lists and pages name."""
    return matters.select_related(*NAMES, "reported_by", "acknowledged_by")


def urgent_about(user: User) -> QuerySet[Placement]:
    """Placements under way about which the account may tell something urgent."""
    department = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    mine = (
        Q(person__account=user)
        | in_units("host_unit", [*department, *paths_of(user, Role.HOST_UNIT)])
        | in_units("home_unit", [*department, *paths_of(user, Role.HOME_UNIT)])
        | in_units("owner_unit", department)
    )
    return Placement.objects.filter(mine, state__in=UNDER_WAY)


def discipline_offices(placement: Placement) -> list[Unit]:
    """Units in which somebody inspects (纪检督查) at or above the department in charge or the host unit."""
    above = {
        int(key)
        for path in (placement.owner_unit.path, placement.host_unit.path)
        for key in path.strip("/").split("/")
    }
    held = RoleAssignment.objects.filter(role=Role.INSPECTOR, user__is_active=True, unit__in=above)
    return list(Unit.objects.filter(pk__in=held.values("unit")).order_by("path"))


def last_record(placements: Iterable[Placement], ends_on: dt.date) -> int:
    """The number of the last record that was handed in about these people for a period; 0 without one."""
    keys = [one.pk for one in placements]
    records = [
        model.objects.filter(placement__in=keys, ends_on=ends_on).aggregate(last=Max("pk"))
        for model in (PresenceConfirmation, HostReport)
    ]
    return max(one["last"] or 0 for one in records)


def last_records(model: type[Record], placement: Placement, most: int) -> list[Record]:
    """The last records of a kind about a placement, as they stand now."""
    rows = model._default_manager.filter(placement=placement, is_current=True)  # noqa: SLF001 -- Django's documented name
    found = list(islice(rows.select_related("handed_in_by").order_by("-ends_on", "-pk"), most))
    for one in found:
        one.placement = placement
    return found
