"""What an account may reach: the units it holds a role for, as tree paths; one query per request."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.units.models import Unit


def grants(user: User) -> list[tuple[str, str]]:
    """(role, unit path) of every assignment."""
    return [(role, path) for role, path, _name in user.held] if user.is_authenticated else []


def has_role(user: User, *roles: Role) -> bool:
    """Whether the account holds any of `roles` for any unit."""
    return any(role in roles for role, _ in grants(user))


def is_only(user: User, role: Role) -> bool:
    """Whether the account holds this role and no other."""
    return {held for held, _ in grants(user)} == {role}


def paths_of(user: User, *roles: Role) -> list[str]:
    """Paths of the units for which the account holds any of `roles`."""
    return [path for role, path in grants(user) if role in roles]


def covers(user: User, path: str, *roles: Role) -> bool:
    """Whether the account holds any of `roles` for a unit at or above the one with this path."""
    return any(path.startswith(scope) for scope in paths_of(user, *roles))


def roles_at(user: User, path: str) -> frozenset[Role]:
    """Roles the account holds for a unit at or above the one with this path."""
    return frozenset(Role(role) for role, scope in grants(user) if path.startswith(scope))


def under(field: str, paths: Iterable[str]) -> Q:
    """Rows whose unit path in `field` is at or below one of `paths`; no paths, no rows."""
    conditions = [Q(**{f"{field}__startswith": path}) for path in paths]
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


def in_units(relation: str, paths: Iterable[str]) -> Q:
    """The same as `under` for conditions on several units of a row joined by OR: the unit is one of those there.

    Joined by their paths, such units tempt PostgreSQL to pair every one with every other, as long as it knows little
    about the tables: minutes for what takes milliseconds.
    """
    units = Unit.objects.filter(under("path", paths))
    return Q(**{f"{relation}__in": units.values("pk")})


def roles_of(user: User) -> Sequence[Role]:
    """The distinct roles of an account in the order of `Role`."""
    held = {role for role, _ in grants(user)}
    return [role for role in Role if role in held]


def units_within(user: User, *roles: Role) -> QuerySet[Unit]:
    """Units for which the account holds any of `roles`, with everything below them."""
    return Unit.objects.filter(under("path", paths_of(user, *roles)))


def units_held(user: User, *roles: Role) -> QuerySet[Unit]:
    """The units for which the account holds any of `roles` itself."""
    return Unit.objects.filter(path__in=paths_of(user, *roles))
