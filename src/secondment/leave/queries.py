"""What a user sees of leave, and what waits for whom."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.models import User
from secondment.accounts.queries import holders
from secondment.accounts.scopes import grants, paths_of, under
from secondment.leave.choices import STANDING, LeaveState, StepState
from secondment.leave.models import LeaveEntry, LeaveRequest, LeaveStep, StandIn
from secondment.leave.rules import OFFICES
from secondment.placements.choices import PlacementState
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.units.models import Unit

NAMES = (
    "placement__person",
    "placement__post",
    "placement__host_unit__parent",
    "placement__home_unit",
    "placement__owner_unit",
    "placement__programme_version__programme",
)


def visible_to(user: User, on: dt.date) -> QuerySet[LeaveRequest]:
    """Requests about placements that the account sees, and those that its office decides on.

    A deputy sees what waits while standing in, and afterwards what they decided themselves.
    """
    seen = Q(placement__in=placements_visible_to(user).order_by().values("pk"))
    waiting = Q(_deputised(user, on), state=StepState.WAITING)
    steps = LeaveStep.objects.filter(Q(stand_in__deputy=user) | waiting | of_offices(user))
    return LeaveRequest.objects.filter(seen | Q(pk__in=steps.values("request")))


def of_offices(user: User) -> Q:
    """Rows with a unit and a role for which the account acts."""
    mine = Q(pk__in=[])
    for role, path in grants(user):
        mine |= Q(role=role, unit__path__startswith=path)
    return mine


def with_names(requests: QuerySet[LeaveRequest]) -> QuerySet[LeaveRequest]:
    """Requests with everything that lists and pages name."""
    return requests.select_related(*NAMES, "asked_by")


def standing_of(placements: Iterable[int]) -> QuerySet[LeaveRequest]:
    """Requests that take their half-days."""
    return LeaveRequest.objects.filter(placement__in=list(placements), state__in=STANDING)


def asked_for(user: User) -> QuerySet[Placement]:
    """Placements for which the account may ask: its own, those its office hosts, those its department manages."""
    mine = (
        Q(person__account=user)
        | under("host_unit__path", paths_of(user, Role.HOST_UNIT))
        | under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    )
    return Placement.objects.filter(mine, state=PlacementState.IN_POST)


def current_step(request: LeaveRequest) -> LeaveStep | None:
    """Whose turn it is."""
    if request.state != LeaveState.ASKED:
        return None
    waiting = request.steps.filter(state=StepState.WAITING).select_related("unit")
    return waiting.order_by("position").first()


def stand_ins_of(user: User, on: dt.date) -> QuerySet[StandIn]:
    """For whom the account may decide on this day."""
    return in_force(StandIn.objects.filter(deputy=user), on)


def in_force(rows: QuerySet[StandIn], on: dt.date) -> QuerySet[StandIn]:
    """Accepted, not ended, and within their days."""
    return rows.filter(accepted_at__isnull=False, closed_at=None, starts_on__lte=on, ends_on__gt=on)


def _deputised(user: User, on: dt.date) -> Exists:
    """Whether the account stands in on this day for the office of the step."""
    return Exists(stand_ins_of(user, on).filter(unit=OuterRef("unit"), role=OuterRef("role")))


def steps_waiting(user: User, on: dt.date) -> QuerySet[LeaveStep]:
    """Requests that the account decides on now; never its own."""
    managed = under("request__placement__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    earlier = LeaveStep.objects.filter(
        request=OuterRef("request"), position__lt=OuterRef("position"), state=StepState.WAITING
    )
    rows = LeaveStep.objects.filter(state=StepState.WAITING, request__state=LeaveState.ASKED)
    return rows.filter(
        of_offices(user) | Q(_deputised(user, on)) | (managed & ~Q(Exists(holders()))), ~Q(Exists(earlier))
    ).exclude(request__placement__person__account=user)


def returns_due(user: User, on: dt.date) -> QuerySet[LeaveRequest]:
    """Leave that is over and nobody has said so: for the host unit, or the department while nobody can sign in there."""
    hosted = under("placement__host_unit__path", paths_of(user, Role.HOST_UNIT))
    managed = under("placement__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    without = ~Q(Exists(holders("placement__host_unit__path", Role.HOST_UNIT)))
    rows = LeaveRequest.objects.filter(state=LeaveState.GRANTED, ends_on__lte=on)
    return rows.filter(hosted | (managed & without)).exclude(placement__person__account=user)


def entries_of(placement: Placement) -> QuerySet[LeaveEntry]:
    """The ledger of a placement, as it was written."""
    return LeaveEntry.objects.filter(placement=placement).select_related("request", "written_by", "reverses")


def stand_ins_seen_by(user: User) -> QuerySet[StandIn]:
    """Those the account was named in or has named, and those of offices it acts for."""
    mine = Q(deputy=user) | Q(named_by=user)
    rows: QuerySet[Any] = StandIn.objects.filter(mine | of_offices(user)).select_related(
        "unit", "deputy", "named_by"
    )
    return rows


def granted_of(placements: Sequence[Placement]) -> QuerySet[LeaveRequest]:
    """Leave that was granted and from which nobody has reported back yet."""
    return with_names(LeaveRequest.objects.filter(placement__in=placements, state=LeaveState.GRANTED))


def last_requests(placement: Placement, most: int) -> list[LeaveRequest]:
    """The last requests about a placement, whatever became of them."""
    return list(LeaveRequest.objects.filter(placement=placement).order_by("-starts_on", "-pk")[:most])


def began_within(user: User, starts_on: dt.date, ends_on: dt.date) -> QuerySet[Placement]:
    """Placements that the account sees whose people have begun to work and whose term shares a day with these days."""
    seen = placements_visible_to(user).order_by().values("pk")
    return Placement.objects.filter(
        pk__in=seen, state__in=BEGAN, starts_on__lt=ends_on, ends_on__gt=starts_on
    )


def offices_held(user: User) -> list[tuple[Role, Unit]]:
    """Offices that decide on leave for which the account acts by itself."""
    held = [(Role(role), path) for role, path in grants(user) if role in OFFICES]
    units = {one.path: one for one in Unit.objects.filter(path__in=[path for _role, path in held])}
    return [(role, units[path]) for role, path in held]


def colleagues_of(user: User) -> QuerySet[User]:
    """Other accounts of the user's offices that may decide on leave."""
    rows = User.objects.filter(under("unit__path", paths_of(user, *OFFICES)), is_active=True)
    others = rows.exclude(pk=user.pk).exclude(assignments__role__in=ADMINISTRATOR_ROLES)
    return others.select_related("unit").order_by("name", "pk")
