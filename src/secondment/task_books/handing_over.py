"""Open tasks when a term ends: the successor's host is given them as proposals."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.placements.models import Placement
from secondment.placements.ports import OPEN_ITEMS, TAKE_BACK, Decided, OpenItem
from secondment.task_books.choices import BookState, ProposalState, Proposer
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


def take_back(decided: Decided, by: User, at: dt.datetime) -> str:
    """The proposal made of the task is withdrawn, unless the successor's task book holds it already."""
    if decided.successor is None:
        return ""
    names = Task.objects.filter(book__placement=decided.placement, line=decided.key).values("name")
    made = TaskProposal.objects.select_for_update().filter(
        placement=decided.successor, proposer=Proposer.OFFICE, proposed_at=decided.at, name__in=names
    )
    proposal = made.order_by("state", "pk").exclude(state=ProposalState.DECLINED).first()
    if proposal is None:
        return ""
    if proposal.state == ProposalState.TAKEN:
        return gettext("任务已写入接任者的任务书，请先在任务书中变更。")
    proposal.state, proposal.reason = ProposalState.DECLINED, gettext("交接已撤回")
    proposal.answered_by, proposal.answered_at = by, at
    proposal.save()
    return ""


OPEN_ITEMS.append(open_tasks)
TAKE_BACK["task"] = take_back
