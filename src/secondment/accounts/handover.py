"""An official in charge changes: what the account holds, and what of it the successor takes over.

Rooms above register what they know. Some of it moves, some stays with the role whoever plays it, and some cannot be
passed on; every item is named with what becomes of it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.errors import HandoverError
from secondment.accounts.models import User
from secondment.accounts.ports import notify
from secondment.accounts.queries import accounts_of
from secondment.accounts.rules import may_grant_roles, may_hand_over, require
from secondment.accounts.services import locked, take_role
from secondment.audit.services import record
from secondment.common.sentences import say

Text = str | Promise


class Outcome(StrEnum):
    """What becomes of an item."""

    PASSED = "passed"
    BY_ROLE = "by_role"
    LEFT = "left"


@dataclass(frozen=True)
class Item:
    """Something that an account holds. `stays` says why nobody can take it over; without `pass_to` it goes with the role."""

    kind: Text
    text: str
    path: str = ""
    stays: Text = ""
    may_take: Callable[[User], bool] = lambda _successor: True
    pass_to: Callable[[User], object] | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


@dataclass(frozen=True)
class Fate:
    """An item with what becomes of it when this successor takes over, and why."""

    item: Item
    outcome: Outcome
    reason: str = ""


Holder = Callable[[User, dt.datetime], Iterable[Item]]
_holders: list[Holder] = []


def register_held(holder: Holder) -> Holder:
    """Have this room's part listed; called by its `handover.py`, imported when the app is ready."""
    _holders.append(holder)
    return holder


def items_of(account: User, *, at: dt.datetime) -> list[Item]:
    """Everything the account holds."""
    return [item for holder in _holders for item in holder(account, at)]


def fates_of(items: Iterable[Item], successor: User) -> list[Fate]:
    """What becomes of each item."""
    return [_fate(item, successor) for item in items]


def successors_of(account: User) -> QuerySet[User]:
    """Active accounts that play one of its roles, for its unit or one above."""
    held = [one for one in account.assignments.all() if one.role not in ADMINISTRATOR_ROLES]
    found = {
        key for one in held for key in accounts_of([one.unit], Role(one.role)).values_list("pk", flat=True)
    }
    return User.objects.filter(pk__in=found - {account.pk}).select_related("unit").order_by("name", "pk")


@transaction.atomic
def hand_over(
    account: User, successor: User, *, is_over: bool, reason: str, by: User, at: dt.datetime
) -> list[Fate]:
    """Pass on what can be passed; with `is_over` the account then loses its roles. One event names every item."""
    account = locked(account)
    require(may_hand_over(by, account))
    if is_over:
        require(may_grant_roles(by, account))
    if not successors_of(account).filter(pk=successor.pk).exists():
        raise HandoverError(
            _(
                "接任人须是在用的账号，并已担任同样的角色、管理同一单位。请先由安全管理员授予角色，再办理移交。"
            )
        )
    fates = fates_of(items_of(account, at=at), successor)
    for fate in fates:
        if fate.outcome == Outcome.PASSED and fate.item.pass_to is not None:
            fate.item.pass_to(successor)
    named = {str(what): [str(one.item) for one in fates if one.outcome == what] for what in Outcome}
    details = {"successor": successor.name, "reason": reason, **named}
    record("account.hand_over", account, by=by, at=at, details=details)
    if is_over:
        for assignment in account.assignments.select_related("unit", "user"):
            take_role(assignment, by=by, at=at, details={"reason": reason})
    title = say("%(name)s的工作已移交给您", name=account.name)
    body = say(
        "共移交 %(n)s 项；随角色接续的，直接办理。",
        n=len([one for one in fates if one.outcome == Outcome.PASSED]),
    )
    notify([successor], title=title, body=body, path="", at=at)
    return fates


def _fate(item: Item, successor: User) -> Fate:
    if item.stays:
        return Fate(item, Outcome.LEFT, str(item.stays))
    if not item.may_take(successor):
        return Fate(item, Outcome.LEFT, _("接任人没有办理该事项的权限，请先授予相应角色和管理范围。"))
    if item.pass_to is None:
        return Fate(item, Outcome.BY_ROLE, _("担任同一角色的账号都可以办理，无须移交。"))
    return Fate(item, Outcome.PASSED)
