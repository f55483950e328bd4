"""What waits for the organisation department: standards to sign, drafts that came back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations.waiting import Source, Waiting, add_source
from secondment.standards.queries import returned_to, to_be_signed

NAMED = ("pk", "number", "standard__name", "standard__owner_unit__name")


def unsigned(user: User, _on: dt.date) -> QuerySet[Any]:
    """Versions that the account may sign."""
    rows: QuerySet[Any] = to_be_signed(user).order_by("pk").values(*NAMED)
    return rows


def unsigned_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line each."""
    for row in rows:
        yield _line(row, _("签批测评标准“%(name)s”第 %(n)s 版"), "standards:version_detail")


def returned(user: User, _on: dt.date) -> QuerySet[Any]:
    """Drafts of the account that came back."""
    rows: QuerySet[Any] = returned_to(user).order_by("pk").values(*NAMED)
    return rows


def returned_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line each."""
    for row in rows:
        yield _line(row, _("修改被退回的测评标准“%(name)s”第 %(n)s 版"), "standards:version_edit")


def _line(row: dict[str, Any], words: str, page: str) -> Waiting:
    return Waiting(
        title=words % {"name": row["standard__name"], "n": row["number"]},
        path=reverse(page, args=[row["pk"]]),
        unit=row["standard__owner_unit__name"],
    )


add_source(Source(unsigned, unsigned_lines, (Role.ORGANISATION_DEPARTMENT,)))
add_source(Source(returned, returned_lines, (Role.ORGANISATION_DEPARTMENT,)))
