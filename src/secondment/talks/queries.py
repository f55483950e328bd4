"""What a user sees of talks, and what waits for whom."""

from django.db.models import Count, Exists, Prefetch, Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import holders
from secondment.accounts.scopes import grants, paths_of, under
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.talks.choices import TALKERS, FollowUpState
from secondment.talks.models import FollowUp, Talk, TalkPerson
from secondment.units.models import Unit


def visible_to(user: User) -> QuerySet[Talk]:
    """Talks with somebody whose placement the account sees, and those from which its office has an item: that they took
    place, not what was said."""
    items = FollowUp.objects.filter(_owned(user))
    return Talk.objects.filter(Q(pk__in=people_seen_by(user).values("talk")) | Q(pk__in=items.values("talk")))


def people_seen_by(user: User) -> QuerySet[TalkPerson]:
    """Of everybody talked with, those whose placement the account sees."""
    return TalkPerson.objects.filter(placement__in=_seen(user))


def with_names(talks: QuerySet[Talk], user: User) -> QuerySet[Talk]:
    """Talks with everything that lists and pages name; of a group the reader meets their own people."""
    people = people_seen_by(user).select_related(
        "placement__person", "placement__host_unit", "placement__home_unit", "placement__owner_unit"
    )
    items = items_visible_to(user).select_related("unit", "placement__person")
    return (
        talks.select_related("unit", "recorded_by")
        .annotate(n_people=Count("people", distinct=True))
        .prefetch_related(
            Prefetch("people", people.order_by("placement__person__name_key", "pk"), to_attr="seen"),
            Prefetch("follow_ups", items, to_attr="items"),
        )
    )


def items_visible_to(user: User) -> QuerySet[FollowUp]:
    """Items about people whose placement the account sees, and those that its office sees to."""
    about = Q(placement__in=_seen(user))
    about |= Q(placement=None, talk__in=people_seen_by(user).values("talk"))
    return FollowUp.objects.filter(about | _owned(user))


def candidates(user: User) -> QuerySet[Placement]:
    """People the account's offices may have talked with."""
    mine = (
        under("host_unit__path", paths_of(user, Role.HOST_UNIT))
        | under("home_unit__path", paths_of(user, Role.HOME_UNIT))
        | under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
        | under("host_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
        | under("home_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    )
    units = Placement.objects.filter(mine, state__in=BEGAN).exclude(person__account=user)
    return Placement.objects.filter(pk__in=units.order_by().values("pk"))


def offices_of(user: User) -> list[tuple[Unit, str]]:
    """(Unit, role) of every office that the account acts for."""
    held = {(role, path) for role, path in grants(user) if role in TALKERS}
    units = {one.path: one for one in Unit.objects.filter(path__in={path for _role, path in held})}
    return [(units[path], role) for role, path in sorted(held) if path in units]


def items_waiting(user: User) -> QuerySet[FollowUp]:
    """Open items of the account's offices; of the department in charge as well, while nobody can sign in for the office."""
    managed = FollowUp.objects.filter(
        talk__people__placement__in=Placement.objects.filter(
            under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
        ).values("pk")
    )
    rows = FollowUp.objects.filter(state=FollowUpState.OPEN, talk__is_withdrawn=False)
    others = Q(pk__in=managed.order_by().values("pk")) & ~Q(Exists(holders()))
    return rows.filter(_owned(user) | others)


def placements_of(talk: Talk) -> list[Placement]:
    """Everybody talked with, with the units that rules ask for."""
    rows = Placement.objects.filter(talk_entries__talk=talk)
    return list(rows.select_related("person__account", "host_unit", "home_unit", "owner_unit").order_by("pk"))


def talks_with(placement: Placement) -> QuerySet[Talk]:
    """Talks with the person during the placement."""
    return Talk.objects.filter(people__placement=placement, is_withdrawn=False).select_related("unit")


def open_items_about(placement: Placement) -> QuerySet[FollowUp]:
    """Open items about the person alone, or about everybody of a talk with the person."""
    about = Q(placement=placement) | Q(placement=None, talk__people__placement=placement)
    rows = FollowUp.objects.filter(about, state=FollowUpState.OPEN, talk__is_withdrawn=False)
    return rows.select_related("unit")


def _owned(user: User) -> Q:
    mine = Q(pk__in=[])
    for role, path in grants(user):
        mine |= Q(role=role, unit__path__startswith=path)
    return mine


def _seen(user: User) -> QuerySet[Placement]:
    keys: QuerySet[Placement] = placements_visible_to(user).order_by().values("pk")  # type: ignore[assignment]
    return keys
