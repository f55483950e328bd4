"""What the directory shows: units of the scope, their children, and how much depends on one."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from secondment.accounts.models import User
from secondment.accounts.scopes import grants, paths_of, under, units_within
from secondment.directory.rules import KEEPING
from secondment.units.models import Unit

MOST_CHILDREN = 1_000


@dataclass(frozen=True)
class Weight:
    """How much a move takes along: units (itself included), people and posts."""

    n_units: int
    n_people: int
    n_posts: int


def visible_to(user: User) -> QuerySet[Unit]:
    """Units the account keeps."""
    return units_within(user, *KEEPING)


def named_by(user: User) -> QuerySet[Unit]:
    """Units in use whose names the account may be offered: those of any of its roles."""
    return Unit.objects.filter(under("path", (path for _role, path in grants(user))), is_active=True)


def roots_of(user: User) -> QuerySet[Unit]:
    """The topmost units of the account's scope."""
    paths = paths_of(user, *KEEPING)
    outer = [one for one in paths if not any(one != top and one.startswith(top) for top in paths)]
    return with_children(Unit.objects.filter(path__in=outer))


def children_of(unit: Unit) -> QuerySet[Unit]:
    """Direct children in their order."""
    return with_children(Unit.objects.filter(parent=unit)).order_by("position", "name")[:MOST_CHILDREN]


def with_children(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Units annotated with whether they have units below and how many posts they request themselves."""
    below = Unit.objects.filter(parent=OuterRef("pk"))
    return units.annotate(has_children=Exists(below))


def weight_of(unit: Unit) -> Weight:
    """Counted through relation names, because people and posts live in neighbouring rooms."""
    counts = Unit.objects.under(unit).aggregate(
        n_units=Count("pk", distinct=True),
        n_people=Count("people", distinct=True),
        n_posts=Count("posts", distinct=True),
    )
    return Weight(**counts)
