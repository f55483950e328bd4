"""Who sent a request: every page except the public ones requires sign-in."""

import datetime as dt
from collections.abc import Callable
from typing import TypedDict, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.limits import SecondsLeft
from secondment.accounts.models import User
from secondment.accounts.scopes import is_only
from secondment.audit.services import record_export

Row = TypeVar("Row", bound=Model)


class SignedInRequest(HttpRequest):
    """What views receive: `user` is a `User`, because the middleware lets no one else through."""

    user: User
    session_left: SecondsLeft


class Acting(TypedDict):
    """Who acts, and when: what every service asks for."""

    by: User
    at: dt.datetime


class ActingToday(Acting):
    """The same for services that count in days."""

    on: dt.date


def acting(request: SignedInRequest) -> Acting:
    """The sender of the request, now."""
    return {"by": request.user, "at": timezone.now()}


def acting_today(request: SignedInRequest) -> ActingToday:
    """The sender of the request, now and today."""
    return {**acting(request), "on": timezone.localdate()}


def own_row(request: SignedInRequest, rows: QuerySet[Row]) -> Row | None:
    """The only row of a secondee who opens a list from the menu: their own, and no list is needed to find it."""
    if request.GET or not is_only(request.user, Role.SECONDEE):
        return None
    first_two = list(rows[:2])
    return first_two[0] if len(first_two) == 1 else None


def exporting(request: SignedInRequest, action: str, target: Model) -> Callable[[int], None]:
    """Records that the sender takes so many rows of a list away."""
    return lambda n: record_export(action, target, n=n, **acting(request))


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; behind a trusted proxy not the proxy's (`TrustedProxyMiddleware`)."""
    return str(request.META.get("REMOTE_ADDR", ""))
