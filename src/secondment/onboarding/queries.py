"""Batches of accounts a user may see, and what waits for whom."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.directory.queries import visible_to as units_visible_to
from secondment.onboarding.choices import BatchState
from secondment.onboarding.models import AccountBatch, AccountLine
from secondment.onboarding.rules import ASKERS, CONFIRMER
from secondment.units.models import Unit


def visible_to(user: User) -> QuerySet[AccountBatch]:
    """Batches all of whose units are in the account's scope as asker or confirmer."""
    return _within(user, *ASKERS, CONFIRMER)


def to_confirm(user: User) -> QuerySet[AccountBatch]:
    """Batches that wait for this security administrator."""
    return _within(user, CONFIRMER).filter(state=BatchState.ASKED).exclude(asked_by=user)


def with_figures(batches: QuerySet[AccountBatch]) -> QuerySet[AccountBatch]:
    """Adds the number of lines and of accounts, and reads the names of who acted."""
    counted = batches.annotate(
        n_asked=Count("lines"), n_made=Count("lines", filter=Q(lines__account__isnull=False))
    )
    return counted.select_related("asked_by", "decided_by")


def units_to_choose(user: User) -> QuerySet[Unit]:
    """Units in use that the account keeps, with the number of their own accounts of the two sides."""
    sides = Q(assignments__role__in=(Role.HOME_UNIT, Role.HOST_UNIT), assignments__user__is_active=True)
    rows = units_visible_to(user).filter(is_active=True, is_external=False).select_related("parent")
    return rows.annotate(n_accounts=Count("assignments__user", filter=sides, distinct=True))


def _within(user: User, *roles: Role) -> QuerySet[AccountBatch]:
    paths = paths_of(user, *roles)
    if not paths:
        return AccountBatch.objects.none()
    outside = AccountLine.objects.filter(batch=OuterRef("pk")).exclude(under("unit__path", paths))
    return AccountBatch.objects.exclude(Exists(outside))
