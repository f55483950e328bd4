"""What waits for the host unit: one line an office for tasks to accept, for drafts, and for proposals."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, DateField, Min, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books.queries import open_due, open_proposals, without_book


def received_by(user: User) -> QuerySet[Placement]:
    """People in post at the account's host units."""
    mine = under("host_unit__path", paths_of(user, Role.HOST_UNIT))
    return Placement.objects.filter(mine, state=PlacementState.IN_POST)


def due_tasks(user: User, on: dt.date) -> QuerySet[Any]:
    """Tasks to be accepted, together."""
    rows = open_due(received_by(user), on).order_by().annotate(today=Value(on, DateField()))
    grouped = rows.values("book__placement__host_unit__name", "book__placement__host_unit", "today")
    return grouped.annotate(n=Count("pk"), due=Min("due_on")).order_by("due")


def due_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line a host unit, the oldest first."""
    for row in rows:
        words = ngettext("%(n)d 项任务待验收", "%(n)d 项任务待验收", row["n"]) % {"n": row["n"]}
        yield Waiting(
            title=words,
            path=f"{reverse('task_books:book_list')}?stage=due",
            unit=row["book__placement__host_unit__name"],
            basis=_("目标任务书的完成时限"),
            due_on=row["due"],
            state=due_words(row["due"], row["today"]),
            status=due_status(row["due"], row["today"]),
        )


def missing_books(user: User, _on: dt.date) -> QuerySet[Any]:
    """People without a task book, by host unit."""
    rows = without_book(received_by(user)).order_by()
    return rows.values("host_unit", "host_unit__name").annotate(n=Count("pk")).order_by("host_unit__name")


def missing_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line a host unit."""
    for row in rows:
        words = ngettext("为 %(n)d 名挂职干部起草任务书", "为 %(n)d 名挂职干部起草任务书", row["n"])
        yield Waiting(
            title=words % {"n": row["n"]},
            path=f"{reverse('task_books:book_list')}?stage=none",
            unit=row["host_unit__name"],
        )


def waiting_proposals(user: User, _on: dt.date) -> QuerySet[Any]:
    """Tasks that secondees proposed, by host unit."""
    rows = open_proposals(received_by(user)).order_by()
    named = rows.values("placement", "placement__host_unit__name", "placement__person__name")
    return named.annotate(n=Count("pk")).order_by("placement")


def proposal_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line a person."""
    for row in rows:
        words = ngettext(
            "答复%(person)s同志的 %(n)d 项任务建议", "答复%(person)s同志的 %(n)d 项任务建议", row["n"]
        )
        yield Waiting(
            title=words % {"person": row["placement__person__name"], "n": row["n"]},
            path=reverse("task_books:book_detail", args=[row["placement"]]),
            unit=row["placement__host_unit__name"],
        )


add_source(Source(due_tasks, due_lines, (Role.HOST_UNIT,)))
add_source(Source(missing_books, missing_lines, (Role.HOST_UNIT,)))
add_source(Source(waiting_proposals, proposal_lines, (Role.HOST_UNIT,)))
