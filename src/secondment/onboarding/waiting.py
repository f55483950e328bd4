"""Batches and requests of one administrator that another confirms, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import ADMINISTRATOR_ROLES
from secondment.accounts.models import AccountRequest, User
from secondment.accounts.queries import requests_of
from secondment.accounts.rules import may_confirm
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


def requests(user: User, _on: dt.date) -> QuerySet[AccountRequest]:
    """What another administrator asked for and this one may confirm; what nobody confirms in a day is closed at night."""
    rows = requests_of(user).filter(closed_at=None).exclude(asked_by=user)
    may = [row.pk for row in rows if may_confirm(user, row)]
    return AccountRequest.objects.filter(pk__in=may).select_related("account__unit", "asked_by")


def request_lines(rows: QuerySet[AccountRequest]) -> Iterator[Waiting]:
    """One line a request; all are confirmed on one page."""
    for row in rows:
        yield Waiting(
            title=_("确认账号申请：%(deed)s（%(name)s）")
            % {"deed": row.get_deed_display(), "name": row.account.name},
            path=reverse("accounts:request_list"),
            unit=row.account.unit.name if row.account.unit else "",
            creditor=row.asked_by.name,
            status="warn",
        )


add_source(Source(requests, request_lines, roles=ADMINISTRATOR_ROLES))
add_source(Source(confirmations, confirmation_lines))
