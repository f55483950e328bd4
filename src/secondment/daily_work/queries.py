"""What a user sees of daily work."""

import datetime as dt

from django.db.models import Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import in_units, paths_of, under
from secondment.daily_work.cycles import Cycle
from secondment.daily_work.desk import WORKED
from secondment.daily_work.models import HomeNotice
from secondment.obligations.periods import YEAR
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.units.models import Unit

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
