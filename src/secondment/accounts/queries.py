"""Accounts an administrator may see."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.models import AccountRequest, RoleAssignment, User
from secondment.accounts.scopes import paths_of, under, units_within
from secondment.units.models import Unit

MANAGERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


def visible_to(user: User) -> QuerySet[User]:
    """Accounts that belong to, or hold a role for, a unit in the scope of a system or security administrator."""
    units = units_of(user).values("pk")
    granted = RoleAssignment.objects.filter(unit__in=units)
    return User.objects.filter(Q(unit__in=units) | Q(pk__in=granted.values("user")))


def requests_of(user: User) -> QuerySet[AccountRequest]:
    """What was asked for on accounts in the scope of any of the three administrators; newest first."""
    paths = paths_of(user, *ADMINISTRATOR_ROLES)
    granted = RoleAssignment.objects.filter(under("unit__path", paths)).values("user")
    rows = AccountRequest.objects.filter(under("account__unit__path", paths) | Q(account__in=granted))
    return rows.select_related("account__unit", "asked_by", "closed_by").prefetch_related(
        "account__assignments__unit"
    )


def accounts_of(units: Iterable[Unit], role: Role) -> QuerySet[User]:
    """Active accounts that hold `role` at or above any of the units."""
    above = {int(key) for unit in units for key in unit.path.strip("/").split("/")}
    return User.objects.filter(is_active=True, assignments__role=role, assignments__unit__in=above).distinct()


def units_of(user: User) -> QuerySet[Unit]:
    """Units for which the administrator keeps accounts or grants roles."""
    return units_within(user, *MANAGERS).filter(is_active=True)


def with_roles(accounts: QuerySet[User]) -> QuerySet[User]:
    """Adds `has_roles`, and reads unit and roles in one query each."""
    held = RoleAssignment.objects.filter(user=OuterRef("pk"))
    return (
        accounts.annotate(has_roles=Exists(held)).select_related("unit").prefetch_related("assignments__unit")
    )


@dataclass(frozen=True)
class AccountFigures:
    """How many accounts there are, and in which condition."""

    n: int
    n_disabled: int
    n_without_role: int
    n_never_used: int
    n_unused: int


def figures(accounts: QuerySet[User], *, at: dt.datetime, unused_days: int = 90) -> AccountFigures:
    """Counts for the administrators' home page; one query."""
    held = RoleAssignment.objects.filter(user=OuterRef("pk"))
    active = Q(is_active=True)
    counts = accounts.annotate(has_roles=Exists(held)).aggregate(
        n=Count("pk"),
        n_disabled=Count("pk", filter=~active),
        n_without_role=Count("pk", filter=active & Q(has_roles=False)),
        n_never_used=Count("pk", filter=active & Q(last_login=None)),
        n_unused=Count("pk", filter=active & Q(last_login__lt=at - dt.timedelta(days=unused_days))),
    )
    return AccountFigures(**counts)


def holders(unit: str = "unit__path", role: object = None) -> QuerySet[RoleAssignment]:
    """Roles by which somebody can sign in for the office of the outer row: its unit's path, and its role or the given one."""
    owing = ExpressionWrapper(OuterRef(unit), output_field=CharField())
    held = RoleAssignment.objects.filter(role=role or OuterRef("role"), user__is_active=True)
    return held.annotate(owing=owing).filter(owing__startswith=F("unit__path"))


def handed_over_by(user: User) -> QuerySet[User]:
    """Accounts whose items the user may look through to hand them over: the own one, and those managed."""
    return User.objects.filter(Q(pk=user.pk) | Q(pk__in=visible_to(user).values("pk")))


def can_sign_in(usernames: Iterable[str]) -> set[str]:
    """Those of the names that have an active account."""
    rows = User.objects.filter(is_active=True, username__in=list(usernames))
    return set(rows.values_list("username", flat=True))


def administrators_of(user: User) -> QuerySet[RoleAssignment]:
    """Who holds an administrator role in the user's own scope."""
    rows = RoleAssignment.objects.filter(role__in=ADMINISTRATOR_ROLES, unit__in=units_of(user).values("pk"))
    return rows.select_related("user", "unit").order_by("role", "unit__path")
