"""What a user sees of findings."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, in_units, paths_of
from secondment.findings.choices import INNER_THEMES, UNITS, FindingState, Side
from secondment.findings.models import Finding
from secondment.findings.ports import settled_years
from secondment.findings.rules import OVERSEERS
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.placements.queries import with_names as with_placement_names

NAMES = (
    "placement__person__account",
    "placement__post",
    "placement__host_unit",
    "placement__home_unit",
    "placement__owner_unit",
    "written_by",
)


def visible_to(user: User) -> QuerySet[Finding]:
    """All of the user's department; of its units what either unit finds; of oneself what stands once the grade is in force."""
    overseen = paths_of(user, *OVERSEERS)
    inside = (
        in_units("owner_unit", overseen) | in_units("host_unit", overseen) | in_units("home_unit", overseen)
    )
    units = in_units("host_unit", paths_of(user, Role.HOST_UNIT)) | in_units(
        "home_unit", paths_of(user, Role.HOME_UNIT)
    )
    others = Placement.objects.exclude(person__account=user).order_by()
    seen = Q(placement__in=others.filter(inside).values("pk"))
    seen |= Q(placement__in=others.filter(units).values("pk"), side__in=UNITS)
    if has_role(user, Role.SECONDEE):
        seen |= _own(user)
    return Finding.objects.filter(seen)


def _own(user: User) -> Q:
    keys = list(Placement.objects.filter(person__account=user).values_list("pk", flat=True))
    found = Q(pk__in=[])
    for one in settled_years(keys).values():
        if one.is_in_force:
            found |= Q(placement=one.placement, year=one.year)
    return found & Q(state=FindingState.STANDING) & ~Q(theme__in=INNER_THEMES)


def placements_of(user: User) -> QuerySet[Placement]:
    """Placements with whose findings the user has to do: those that it sees and whose people have begun to work."""
    return with_placement_names(placements_visible_to(user).filter(state__in=BEGAN)).select_related(
        "person__account"
    )


def with_names(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Findings with everything that lists and pages name, and their facts."""
    return rows.select_related(*NAMES).prefetch_related("citations")


def for_list(rows: QuerySet[Finding]) -> QuerySet[Any]:
    """The same with how many facts they cite."""
    return with_names(rows).annotate(
        n_facts=Count("citations", filter=Q(citations__is_contrary=False)),
        n_contrary=Count("citations", filter=Q(citations__is_contrary=True)),
    )


def standing_of(placements: Collection[int], year: int | None = None) -> QuerySet[Finding]:
    """What stands about these placements, whoever asks: for rooms above, which know who may read it."""
    rows = Finding.objects.filter(placement__in=list(placements), state=FindingState.STANDING)
    return with_names(rows if year is None else rows.filter(year=year))


def year_counts(user: User, placement: Placement) -> dict[int, tuple[int, int, int]]:
    """Year → how many findings stand of host unit, home unit and department, as far as the user reads them."""
    rows = visible_to(user).filter(placement=placement, state=FindingState.STANDING).order_by()
    found: dict[int, tuple[int, int, int]] = {}
    for year, side, n in rows.values_list("year", "side").annotate(n=Count("pk")):
        counts = list(found.get(year, (0, 0, 0)))
        counts[list(Side).index(Side(side))] = n
        found[year] = (counts[0], counts[1], counts[2])
    return found
