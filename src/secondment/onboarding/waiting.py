"""Batches to be confirmed, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from secondment.accounts.models import User
from secondment.obligations.waiting import Source, Waiting, add_source
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.queries import to_confirm, with_figures


def confirmations(user: User, _on: dt.date) -> QuerySet[AccountBatch]:
    """What the security administrator decides on."""
    return with_figures(to_confirm(user))


def confirmation_lines(rows: QuerySet[AccountBatch]) -> Iterator[Waiting]:
    """One line a batch."""
    for row in rows:
        words = ngettext("确认开设 %(n)d 个账号", "确认开设 %(n)d 个账号", row.n_asked)  # type: ignore[attr-defined]
        yield Waiting(
            title=words % {"n": row.n_asked},  # type: ignore[attr-defined]
            path=reverse("onboarding:batch_detail", args=[row.pk]),
            unit=row.roles_text,
            creditor=row.asked_by.name,
            status="warn",
        )


add_source(Source(confirmations, confirmation_lines))
