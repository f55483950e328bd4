"""What an account reads: demands of its units, and what has happened to one."""

import datetime as dt

from django.db.models import Count, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under, units_within
from secondment.audit.models import AuditEvent
from secondment.posts.choices import Direction, PostState
from secondment.posts.models import Post
from secondment.posts.rules import ENTERING
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit

READING = (*ENTERING, Role.LEADER)


def visible_to(user: User) -> QuerySet[Post]:
    """Demands of the units in the account's scope, with what every page shows."""
    paths = paths_of(user, *READING)
    return Post.objects.filter(under("host_unit__path", paths)).select_related("host_unit", "region")


def host_units(user: User, keeping: Post | None = None) -> QuerySet[Unit]:
    """Units in use for which the account enters demands, and the one that a demand has already."""
    own = units_within(user, *ENTERING).filter(is_active=True)
    return own | Unit.objects.filter(pk=keeping.host_unit_id) if keeping else own


def count_by_state(posts: QuerySet[Post]) -> dict[str, int]:
    """How many demands are in each state."""
    return dict(posts.order_by().values_list("state").annotate(n=Count("pk")))


def count_waiting(user: User) -> int:
    """Demands that wait for a decision of this account."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    return Post.objects.filter(under("host_unit__path", paths), state=PostState.SUBMITTED).count()


def events_of(post: Post) -> QuerySet[AuditEvent]:
    """What has happened to a demand, newest first."""
    return AuditEvent.objects.filter(object_type="posts.post", object_id=str(post.pk))


def usual_direction(unit: Unit, home: Unit | None = None) -> Direction:
    """What a secondment to such a unit is called in most cases; from a lower `home` it leads up.

    What level a unit from outside has is not known for certain, so nothing is told from it.
    """
    if unit.kind in {UnitKind.STATE_ENTERPRISE, UnitKind.PUBLIC_INSTITUTION, UnitKind.UNIVERSITY}:
        return Direction.ENTERPRISE
    if unit.level in {UnitLevel.NATIONAL, UnitLevel.PROVINCIAL}:
        return Direction.UP
    if home is None or home.is_external or unit.is_external:
        return Direction.DOWN
    levels = UnitLevel.values  # highest first
    return Direction.UP if levels.index(unit.level) < levels.index(home.level) else Direction.DOWN


def usual_start(on: dt.date) -> dt.date:
    """The first day of the next quarter but one: time for selection in between."""
    month = (on.month - 1) // 3 * 3 + 7
    return dt.date(on.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def draft_for(unit: Unit | None, *, on: dt.date) -> Post:
    """An unsaved demand with what is usual for the unit: place, direction, two years."""
    starts_on = usual_start(on)
    post = Post(starts_on=starts_on, ends_on=starts_on.replace(year=starts_on.year + 2))
    if unit is None:
        return post
    post.host_unit, post.region, post.direction = unit, unit.region, usual_direction(unit)
    latest = Post.objects.filter(host_unit=unit).order_by("-pk").first()
    if latest is not None:
        for name in (
            "lodging",
            "contact_leader",
            "mentor",
            "contact_name",
            "contact_phone",
            "organ_kind",
            "hardship",
        ):
            setattr(post, name, getattr(latest, name))
    return post
