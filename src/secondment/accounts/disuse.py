"""Unused accounts: a notice 30 and 7 days before, then disabled. A room above decides who is notified."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.models import DisuseWarning, User
from secondment.accounts.rules import may_manage_account, parts_of, two_for
from secondment.accounts.services import end_sessions
from secondment.audit.services import record

UNUSED_DAYS = 90
WARNED_DAYS = (30, 7)  # before the end; no account is disabled without a week's notice


@transaction.atomic
def warn_unused(*, kept: Iterable[str] = (), at: dt.datetime) -> list[DisuseWarning]:
    """Warnings that are due now, each given once a spell of disuse; accounts named in `kept` are left alone."""
    _begin_counting(at)
    given = []
    for account in _unused(UNUSED_DAYS - max(WARNED_DAYS), kept, at):
        days_left = 7 if _is_unused(account, UNUSED_DAYS - 7, at) else 30
        warning, is_new = DisuseWarning.objects.get_or_create(
            user=account, days_left=days_left, defaults={"on": at.date()}
        )
        if is_new:
            given.append(warning)
    return given


@transaction.atomic
def disable_unused(*, kept: Iterable[str] = (), at: dt.datetime) -> list[User]:
    """Disable accounts unused for 90 days whose last warning is a week old; one system administrator always stays."""
    warned = DisuseWarning.objects.filter(days_left=7, on__lte=at.date() - dt.timedelta(days=7))
    disabled = []
    for account in _unused(UNUSED_DAYS, kept, at):
        if warned.filter(user=account).exists() and _can_be_enabled_again(account):
            account.is_active = False
            end_sessions(account, "is_active")
            account.disuse_warnings.all().delete()
            details = {"unused_days": UNUSED_DAYS}
            record("account.disable_unused", account, by=None, at=at, details=details)
            disabled.append(account)
    return disabled


def _begin_counting(at: dt.datetime) -> None:
    """An account of which nothing is known begins its ninety days now."""
    User.objects.filter(last_login=None, in_use_since=None).update(in_use_since=at)


def _unused(days: int, kept: Iterable[str], at: dt.datetime) -> Iterator[User]:
    since = at - dt.timedelta(days=days)
    quiet = (Q(last_login=None) | Q(last_login__lte=since)) & (
        Q(in_use_since=None) | Q(in_use_since__lte=since)
    )
    accounts = User.objects.filter(quiet, is_active=True).exclude(username__in=list(kept))
    yield from accounts.exclude(last_login=None, in_use_since=None).select_related("unit").order_by("pk")


def _is_unused(account: User, days: int, at: dt.datetime) -> bool:
    used = [one for one in (account.last_login, account.in_use_since) if one is not None]
    return max(used) <= at - dt.timedelta(days=days)


def _can_be_enabled_again(account: User) -> bool:
    """Whether those who may enable it stay: a system administrator and, where it takes two, the two."""
    if account.unit is None and not account.assignments.all():
        return True  # has no access to anything, and is not missed
    others = User.objects.filter(is_active=True, assignments__role__in=ADMINISTRATOR_ROLES)
    staying = list(others.exclude(pk=account.pk).distinct())
    two = frozenset[Role]().union(*(parts_of(one, account) for one in staying))
    return two_for(account) <= two and any(may_manage_account(one, account) for one in staying)
