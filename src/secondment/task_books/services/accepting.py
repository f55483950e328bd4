"""The host accepts a task with one click, or says why not; whoever likes notes down progress."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.notices.services import send_notice
from secondment.placements.choices import PlacementState
from secondment.task_books.choices import BookState, OutcomeKind, TaskKind
from secondment.task_books.errors import (
    AcceptanceError,
    OutdatedVersionError,
    ReasonMissingError,
    TaskBookStateError,
)
from secondment.task_books.models import ProgressNote, Task, TaskOutcome
from secondment.task_books.rules import may_note_progress, may_write
from secondment.task_books.services.placing import locked_placement

NOT_ACCEPTER = gettext_lazy("任务由接收单位验收。")


@transaction.atomic
def accept_task(
    task: Task, *, is_adopted: bool | None = None, by: User, on: dt.date, at: dt.datetime
) -> Task:
    """Accept a task of the version in force, once; of advice the host says whether it was adopted."""
    row = _locked(task)
    require(may_write(by, row.book.placement), NOT_ACCEPTER)
    if row.accepted_on is not None:
        raise AcceptanceError(
            _("“%(task)s”已于%(day)s通过验收，不必再次验收。") % {"task": row.name, "day": row.accepted_on}
        )
    if row.kind == TaskKind.ADVICE and is_adopted is None:
        raise AcceptanceError(_("参谋任务请选“验收，已采纳”或“验收，未采纳”。"))
    row.accepted_on, row.is_adopted = on, is_adopted if row.kind == TaskKind.ADVICE else None
    row.save(update_fields=["accepted_on", "is_adopted"])
    _decide(row, OutcomeKind.ACCEPTED, "", by=by, on=on, at=at)
    return row


@transaction.atomic
def refuse_task(task: Task, *, reason: str, by: User, on: dt.date, at: dt.datetime) -> Task:
    """Say that a task does not pass, and why; it stays open."""
    row = _locked(task)
    require(may_write(by, row.book.placement), NOT_ACCEPTER)
    if row.accepted_on is not None:
        raise AcceptanceError(_("“%(task)s”已通过验收。如验收有误，请先撤销验收。") % {"task": row.name})
    _decide(row, OutcomeKind.REFUSED, _required(reason), by=by, on=on, at=at)
    account = row.book.placement.person.account
    if account is not None:
        title = say("任务“%(task)s”验收不通过", task=row.name)
        page = reverse("task_books:book_detail", args=[row.book.placement_id])
        send_notice([account], title=title, body=reason.strip(), path=page, at=at)
    return row


@transaction.atomic
def take_acceptance_back(task: Task, *, reason: str, by: User, on: dt.date, at: dt.datetime) -> Task:
    """Undo an acceptance given by mistake, for a reason; both stay on record."""
    row = _locked(task)
    require(may_write(by, row.book.placement), NOT_ACCEPTER)
    if row.accepted_on is None:
        raise AcceptanceError(_("“%(task)s”没有通过验收，无需撤销。请刷新页面。") % {"task": row.name})
    row.accepted_on = row.is_adopted = None
    row.save(update_fields=["accepted_on", "is_adopted"])
    _decide(row, OutcomeKind.TAKEN_BACK, _required(reason), by=by, on=on, at=at)
    return row


@transaction.atomic
def note_progress(task: Task, *, text: str, by: User, at: dt.datetime) -> ProgressNote:
    """A line about how a task goes; nobody asks for it, and the same line twice is one."""
    row = _locked(task)
    placement = row.book.placement
    require(may_note_progress(by, placement), _("进展由接收单位或本人填写。"))
    text = text.strip()
    if not text:
        raise ReasonMissingError(_("请写明进展。没有进展的，不必填写。"), field="reason")
    last = ProgressNote.objects.filter(placement=placement, line=row.line).order_by("pk").last()
    if last is not None and (last.text, last.by_id) == (text, by.pk):
        return last
    note = ProgressNote.objects.create(placement=placement, line=row.line, text=text, by=by, at=at)
    record("task.note_progress", row, by=by, at=at)
    return note


def _locked(task: Task) -> Task:
    placement = locked_placement(task.book.placement_id)
    row = Task.objects.select_for_update(of=("self",)).select_related("book").filter(pk=task.pk).first()
    if row is None or row.book.state != BookState.IN_FORCE:
        raise OutdatedVersionError(_("这项任务不在已签订的现行任务书中。请刷新页面，在最新一版上办理。"))
    if placement.state != PlacementState.IN_POST:
        raise TaskBookStateError(_("本人报到以后才能验收任务。请先填写报到回执。"))
    row.book.placement = placement
    return row


def _decide(row: Task, kind: OutcomeKind, reason: str, *, by: User, on: dt.date, at: dt.datetime) -> None:
    TaskOutcome.objects.create(
        placement=row.book.placement, line=row.line, kind=kind, reason=reason, decided_on=on, by=by, at=at
    )
    details = {"reason": reason} if reason else {}
    record(f"task.{kind.value}", row, by=by, at=at, details=details)


def _required(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissingError(_("请写明理由，让本人知道怎样改进。"), field="reason")
    return reason.strip()
