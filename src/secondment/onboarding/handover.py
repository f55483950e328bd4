"""Batches of accounts that an account asked for: confirmed by others, printed by its side."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import User
from secondment.onboarding.choices import BatchState
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.rules import is_on_asking_side


@register_held
def batches_held(account: User, _at: dt.datetime) -> Iterator[Item]:
    """Who asked stays written, because who asked may not confirm."""
    open_ones = AccountBatch.objects.filter(asked_by=account).exclude(state=BatchState.DECLINED)
    for row in open_ones.filter(printed_at=None):
        yield Item(
            kind=gettext_lazy("批量开设账号"),
            text=_("%(roles)s，%(n)s 个账号") % {"roles": row.roles_text, "n": len(row.all_lines)},
            path=reverse("onboarding:batch_detail", args=[row.pk]),
            may_take=partial(_may_take, row),
        )


def _may_take(row: AccountBatch, successor: User) -> bool:
    return is_on_asking_side(successor, row.all_lines)
