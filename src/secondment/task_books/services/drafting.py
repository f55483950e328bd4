"""Write a task book before it is signed: a first draft, one for several people, a change in mid-term."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import StaleObjectError, require
from secondment.common.sentences import joined_sentences, labelled, listed
from secondment.placements.models import Placement
from secondment.task_books.choices import UNDER_WRITING, BookState
from secondment.task_books.content import TaskFault, content_of, faults_of, same_tasks, told
from secondment.task_books.errors import (
    NobodyChosenError,
    ReasonMissingError,
    TaskBookStateError,
    TasksRefusedError,
)
from secondment.task_books.models import CONTENT, Task, TaskBook, TaskContent
from secondment.task_books.rules import may_write
from secondment.task_books.services.placing import book_of, locked_book, locked_placement

MOST_SAID = 5
NOT_WRITER = gettext_lazy("任务书由接收单位或主办组织部门填写。")


@transaction.atomic
def write_draft(
    placement: Placement,
    tasks: Sequence[Task],
    *,
    by: User,
    at: dt.datetime,
    version: int | None = None,
) -> TaskBook:
    """Bring the draft of a placement to these tasks; begins the first version where there is none.

    `version` is that of the draft the account saw, 0 where it saw none. Raises `TaskBookStateError` for one that is signed:
    it is changed by a new version; and `TasksRefusedError`, which names each fault.
    """
    row = locked_placement(placement.pk)
    require(may_write(by, row), NOT_WRITER)
    draft = book_of(row, *UNDER_WRITING)
    _check_draft(row, draft, version)
    refuse_faults(faults_of(tasks, row), tasks)
    if draft is not None and same_tasks(list(draft.tasks.all()), tasks):
        return draft
    if draft is None:
        draft = _new_book(row, "", by=by, at=at)
    else:
        draft.version += 1
        draft.written_by, draft.written_at = by, at
        draft.save()
    _keep_accepted(row, tasks)
    _write_tasks(draft, tasks)
    record("task_book.write", draft, by=by, at=at, details={"version": draft.number, "n": len(tasks)})
    return draft


@transaction.atomic
def write_drafts(written: Mapping[Placement, Sequence[Task]], *, by: User, at: dt.datetime) -> list[TaskBook]:
    """The drafts of several people, all or none."""
    if not written:
        raise NobodyChosenError(_("没有选中任何人。请勾选要写任务书的挂职干部。"))
    in_order = sorted(written, key=lambda one: one.pk)
    return [write_draft(one, written[one], by=by, at=at) for one in in_order]


@transaction.atomic
def write_for_many(
    placements: Sequence[Placement], tasks: Sequence[Task], *, by: User, at: dt.datetime
) -> list[TaskBook]:
    """The same tasks as a first draft for several people, all or none; nobody's draft or task book is written over."""
    names = [one.person.name for one in already_begun(placements)]
    if names:
        raise TaskBookStateError(
            _("%(names)s已有草稿或已签订任务书，不能再套用。请去掉这些人，或在本人的任务书上修改。")
            % {"names": listed(names[:MOST_SAID])}
        )
    return write_drafts({one: copies_of(tasks) for one in placements}, by=by, at=at)


def already_begun(placements: Sequence[Placement]) -> list[Placement]:
    """Those who have a draft or a signed task book: nothing is written over."""
    rows = TaskBook.objects.filter(placement__in=placements, state__in=(*UNDER_WRITING, BookState.IN_FORCE))
    begun = set(rows.values_list("placement", flat=True))
    return [one for one in placements if one.pk in begun]


@transaction.atomic
def start_change(placement: Placement, *, reason: str, by: User, at: dt.datetime) -> TaskBook:
    """Begin the next version of a signed task book, for a written reason; the signed one stays in force until it is signed."""
    row = locked_placement(placement.pk)
    require(may_write(by, row), NOT_WRITER)
    reason = reason.strip()
    if not reason:
        raise ReasonMissingError(_("中期变更须写明理由。"), field="reason")
    signed = book_of(row, BookState.IN_FORCE)
    if signed is None:
        raise TaskBookStateError(_("任务书尚未签订，请直接修改草稿。"))
    if book_of(row, *UNDER_WRITING) is not None:
        raise TaskBookStateError(_("已有一版变更在办。请在该版上修改，或先作废再重新变更。"))
    draft = _new_book(row, reason, by=by, at=at)
    _write_tasks(draft, copies_of(list(signed.tasks.all())))
    record("task_book.change", draft, by=by, at=at, details={"version": draft.number, "reason": reason})
    return draft


@transaction.atomic
def drop_draft(book: TaskBook, *, version: int | None = None, by: User, at: dt.datetime) -> TaskBook:
    """Give up a draft; it stays on record, and a version that is in force is not touched."""
    row = locked_book(book, version=version, expected=BookState.DRAFT)
    require(may_write(by, row.placement), NOT_WRITER)
    row.state = BookState.DROPPED
    row.save()
    record("task_book.drop", row, by=by, at=at, details={"version": row.number})
    return row


def refuse_faults(faults: Iterable[TaskFault], tasks: Sequence[TaskContent]) -> None:
    """Raise what is wrong, all of it, in words."""
    found = list(faults)
    if found:
        reasons = [told(one, tasks) for one in found]
        words = labelled(_("任务书不能这样保存"), joined_sentences(reasons[:MOST_SAID]))
        raise TasksRefusedError(words, reasons=reasons)


def copies_of(tasks: Sequence[Task]) -> list[Task]:
    """Unsaved tasks with the same content and line."""
    return [
        Task(
            line=one.line,
            accepted_on=one.accepted_on,
            is_adopted=one.is_adopted,
            **{name: getattr(one, name) for name in CONTENT},
        )
        for one in tasks
    ]


def accepted_lines(placement: Placement) -> dict[int, Task]:
    """The tasks of the version in force that were accepted, by line."""
    rows = Task.objects.filter(book__placement=placement, book__state=BookState.IN_FORCE)
    return {one.line: one for one in rows.exclude(accepted_on=None)}


def _check_draft(placement: Placement, draft: TaskBook | None, version: int | None) -> None:
    if draft is not None and draft.state == BookState.SENT:
        raise TaskBookStateError(_("任务书已送本人签署。如需修改，请先收回。"))
    if draft is None and book_of(placement, BookState.IN_FORCE) is not None:
        raise TaskBookStateError(_("任务书已签订，不能直接修改。请办理中期变更，写明理由后由双方签署。"))
    if version is not None and version != (draft.version if draft else 0):
        raise StaleObjectError(_("页面打开后，已有他人修改了该记录。请刷新页面，核对后重新填写。"))


def _new_book(placement: Placement, reason: str, *, by: User, at: dt.datetime) -> TaskBook:
    rows = TaskBook.objects.filter(placement=placement)
    last = rows.aggregate(last=Max("number"))["last"] or 0
    return TaskBook.objects.create(
        placement=placement, number=last + 1, reason=reason, written_by=by, written_at=at
    )


def _keep_accepted(placement: Placement, tasks: Sequence[Task]) -> None:
    """What was accepted stays in a change as it was agreed."""
    kept = {one.line: one for one in tasks}
    for line, before in accepted_lines(placement).items():
        after = kept.get(line)
        if after is None or content_of(after) != content_of(before):
            raise TasksRefusedError(
                _("“%(task)s”已通过验收，变更时不能修改或删去。请保留原样，或先撤销验收。")
                % {"task": before.name}
            )
        after.accepted_on, after.is_adopted = before.accepted_on, before.is_adopted


def _write_tasks(book: TaskBook, tasks: Sequence[Task]) -> None:
    """Lines that are known keep their number; new ones are numbered on, never with one that any version had."""
    Task.objects.filter(book=book).delete()
    used = Task.objects.filter(book__placement=book.placement_id).aggregate(last=Max("line"))["last"] or 0
    following = max([used, *(one.line or 0 for one in tasks)])
    for one in tasks:
        if not one.line:
            following += 1
            one.line = following
        one.pk, one.book = None, book
    Task.objects.bulk_create(tasks)
