"""Open tasks when a term ends: the successor's host is given them as proposals."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.placements.models import Placement
from secondment.placements.ports import OPEN_ITEMS, OpenItem
from secondment.task_books.choices import BookState, Proposer
from secondment.task_books.models import CONTENT, Task, TaskProposal


def open_tasks(placement: Placement) -> Iterator[OpenItem]:
    """Tasks of the version in force that were not accepted."""
    rows = Task.objects.filter(
        book__placement=placement, book__state=BookState.IN_FORCE, accepted_on=None
    ).order_by("line")
    for one in rows:
        yield OpenItem("task", f"{one.line}", _("任务"), f"{one.name}：{one.target}", partial(pass_on, one))


def pass_on(task: Task, successor: Placement, by: User, at: dt.datetime) -> TaskProposal:  # noqa: ARG001 -- the settling service records who
    """The task as a proposal for the successor's task book; its day is agreed anew where it lies outside of that term."""
    values = {name: getattr(task, name) for name in CONTENT}
    is_within = task.due_on is not None and successor.starts_on <= task.due_on <= successor.last_day
    values |= {"weight": 0, "proposer": Proposer.OFFICE, "due_on": task.due_on if is_within else None}
    return TaskProposal.objects.create(placement=successor, proposed_at=at, **values)


OPEN_ITEMS.append(open_tasks)
