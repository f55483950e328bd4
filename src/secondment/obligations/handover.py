"""Obligations addressed to an account rather than to a role."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.obligations.models import Obligation, ObligationState


@register_held
def obligations_held(account: User, _at: dt.datetime) -> Iterator[Item]:
    """They move with their day and rule; what is owed by a role has no name on it."""
    rows = Obligation.objects.filter(account=account, state=ObligationState.OPEN).select_related("unit")
    for row in rows:
        yield Item(
            kind=gettext_lazy("待办事项"),
            text=_("%(title)s，%(day)s 前") % {"title": row.title, "day": row.due_on},
            path=row.path,
            stays=_("须由本人办理，不能由他人代办。") if row.role == Role.SECONDEE else "",
            may_take=partial(_may_take, row),
            pass_to=partial(_pass, row),
        )


def _may_take(row: Obligation, successor: User) -> bool:
    return covers(successor, row.unit.path, Role(row.role))


def _pass(row: Obligation, successor: User) -> None:
    row.account = successor
    row.save(update_fields=["account"])
