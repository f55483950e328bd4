"""What a user sees of trainings and meetings, and whom an office may invite."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet

from secondment.accounts.models import User
from secondment.accounts.scopes import grants, in_units
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.talks.choices import OPEN_STATES, TALKERS, UNIT_OF, GatheringKind, GatheringState, Side
from secondment.talks.gathering_drafts import COMES
from secondment.talks.models import Gathering, Invitation, Material
from secondment.talks.sides import SIDE_OF

PEOPLE = (
    "placement__person__account",
    "placement__post",
    "placement__home_unit",
    "placement__host_unit",
    "placement__owner_unit",
)


def visible_to(user: User) -> QuerySet[Gathering]:
    """Those of the account's offices, and those of which somebody whom it sees was told."""
    told = Invitation.objects.filter(placement__in=_seen(user), gathering__sent_at__isnull=False)
    held = Invitation.objects.filter(placement__in=_seen(user), gathering__state=GatheringState.HELD)
    known = Q(pk__in=told.values("gathering")) | Q(pk__in=held.values("gathering"))
    return Gathering.objects.filter(organised_by(user) | known)


def organised_by(user: User) -> Q:
    """Of the account's offices."""
    mine = Q(pk__in=[])
    for role, path in grants(user):
        if role in TALKERS:
            mine |= Q(side=SIDE_OF[role], unit__path__startswith=path)
    return mine


def for_list(gatherings: QuerySet[Gathering]) -> QuerySet[Any]:
    """Gatherings with what the list names."""
    rows: QuerySet[Any] = gatherings.select_related("unit").annotate(
        n_people=Count("invitations"),
        n_absent=Count("invitations", filter=~Q(invitations__absence="")),
    )
    return rows


def invitations_seen_by(user: User, gathering: Gathering, *, organises: bool) -> QuerySet[Invitation]:
    """The list: all of it for the organiser, one's own people for others."""
    rows = gathering.invitations.select_related(*PEOPLE)
    return rows if organises else rows.filter(placement__in=_seen(user))


def invitable(gathering: Gathering) -> QuerySet[Placement]:
    """People of the organiser's office whose placement the day lies in, and who are not on the list yet; for a
    training before arrival, those on their way as well."""
    path = [gathering.unit.path]
    sides = UNIT_OF.values() if gathering.side == Side.DEPARTMENT else [UNIT_OF[gathering.side]]
    office = Q(pk__in=[])
    for name in sides:
        office |= in_units(name, path)
    rows = Placement.objects.filter(office, state__in=COMES, ends_on__gt=gathering.starts_on)
    if gathering.kind != GatheringKind.BEFORE:
        rows = rows.filter(starts_on__lt=gathering.ends_on)
    return rows.exclude(pk__in=gathering.invitations.values("placement"))


def materials_of(gathering: Gathering) -> QuerySet[Material]:
    """Files that stand."""
    return gathering.materials.filter(is_current=True).select_related("file", "by")


def materials_visible_to(user: User) -> QuerySet[Material]:
    """Files that stand, of trainings and meetings that the account may know of."""
    rows = Material.objects.filter(is_current=True, gathering__in=visible_to(user).values("pk"))
    return rows.select_related("file", "gathering__unit")


def to_close(user: User, on: dt.date) -> QuerySet[Gathering]:
    """Over, and nobody of the organising office has said who did not come."""
    rows = Gathering.objects.filter(organised_by(user), state__in=OPEN_STATES, ends_on__lte=on)
    return rows.filter(pk__in=Invitation.objects.values("gathering")).select_related("unit")


def attended(placement: Placement) -> QuerySet[Invitation]:
    """Where somebody was, and where they are expected, the newest first."""
    known = (GatheringState.SENT, GatheringState.HELD)
    rows = Invitation.objects.filter(placement=placement, gathering__state__in=known)
    return rows.select_related("gathering__unit").order_by("-gathering__starts_on", "-gathering__pk")


def coming(user: User, since: dt.date, until: dt.date) -> QuerySet[Gathering]:
    """In the calendar of those who are invited and of those who organise it, days from `since` to before `until`."""
    own = Invitation.objects.filter(placement__person__account=user)
    mine = Q(pk__in=own.values("gathering"), state=GatheringState.SENT)
    mine |= organised_by(user) & Q(state__in=OPEN_STATES)
    return Gathering.objects.filter(mine, starts_on__lt=until, ends_on__gt=since).order_by("starts_on", "pk")


def _seen(user: User) -> QuerySet[Any]:
    keys: QuerySet[Any] = placements_visible_to(user).order_by().values("pk")
    return keys
