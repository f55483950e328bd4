"""Both signatures: one click by the host, one by the secondee, or a stamped scan where there is no account."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.documents.papers import expect_paper
from secondment.documents.papers.queries import current
from secondment.notices.services import send_notice
from secondment.placements.models import Placement
from secondment.task_books.choices import BookState
from secondment.task_books.content import content_of, faults_for_signing
from secondment.task_books.errors import ReasonMissingError, SignatureError, TasksRefusedError
from secondment.task_books.models import Task, TaskBook
from secondment.task_books.papers import TASK_BOOK
from secondment.task_books.rules import is_own, may_write
from secondment.task_books.services.drafting import (
    NOT_WRITER,
    accepted_lines,
    refuse_faults,
    write_draft,
)
from secondment.task_books.services.placing import locked_book


@transaction.atomic
def send_book(
    book: TaskBook, *, by: User, on: dt.date, at: dt.datetime, version: int | None = None
) -> TaskBook:
    """The host signs and sends it to the secondee; without an account it goes out on paper."""
    row = locked_book(book, version=version, expected=BookState.DRAFT)
    require(may_write(by, row.placement), NOT_WRITER)
    tasks = list(row.tasks.all())
    refuse_faults(faults_for_signing(tasks, row.placement), tasks)
    row.state, row.remark = BookState.SENT, ""
    row.host_signed_by, row.host_signed_at = by, at
    row.save()
    record("task_book.send", row, by=by, at=at, details={"version": row.number})
    account = row.placement.person.account
    if account is None:
        expect_paper(TASK_BOOK, row, by=by, on=on, at=at)
    else:
        title = say("%(unit)s请你签署目标任务书", unit=row.placement.host_unit.name)
        send_notice([account], title=title, path=_page(row.placement), at=at)
    return row


@transaction.atomic
def write_and_send(
    placement: Placement,
    tasks: Sequence[Task],
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> TaskBook:
    """Keep the draft and send it to be signed in one act: what cannot be signed is not kept half."""
    return send_book(write_draft(placement, tasks, by=by, at=at, version=version), by=by, on=on, at=at)


@transaction.atomic
def recall_book(book: TaskBook, *, by: User, at: dt.datetime, version: int | None = None) -> TaskBook:
    """The host takes it back before the secondee signs."""
    row = locked_book(book, version=version, expected=BookState.SENT)
    require(may_write(by, row.placement), NOT_WRITER)
    _unsign(row)
    record("task_book.recall", row, by=by, at=at, details={"version": row.number})
    return row


@transaction.atomic
def return_book(
    book: TaskBook, *, remark: str, by: User, at: dt.datetime, version: int | None = None
) -> TaskBook:
    """The secondee does not sign yet and says what should be different."""
    row = locked_book(book, version=version, expected=BookState.SENT)
    require(is_own(by, row.placement), _("任务书由本人签署或退回。"))
    if not remark.strip():
        raise ReasonMissingError(_("请写明希望怎样修改。"), field="reason")
    row.remark = remark.strip()
    _unsign(row)
    record("task_book.return", row, by=by, at=at, details={"version": row.number})
    title = say("%(person)s同志请你单位修改目标任务书", person=row.placement.person.name)
    recipients = accounts_of([row.placement.host_unit], Role.HOST_UNIT)
    send_notice(recipients, title=title, body=row.remark, path=_page(row.placement), at=at)
    return row


@transaction.atomic
def sign_book(book: TaskBook, *, by: User, at: dt.datetime, version: int | None = None) -> TaskBook:
    """The secondee signs with one click; the version before is replaced by it."""
    row = locked_book(book, version=version, expected=BookState.SENT)
    require(is_own(by, row.placement), _("任务书由本人签署。没有账号的，由接收单位登记纸质签署。"))
    return _put_in_force(row, by=by, at=at, is_on_paper=False)


@transaction.atomic
def sign_on_paper(book: TaskBook, *, by: User, at: dt.datetime, version: int | None = None) -> TaskBook:
    """The office notes down that it was signed by hand; the stamped scan is the proof."""
    row = locked_book(book, version=version, expected=BookState.SENT)
    require(may_write(by, row.placement), NOT_WRITER)
    if row.placement.person.account is not None:
        raise SignatureError(_("本人有账号，请本人登录后点“签署”。"))
    paper = current(TASK_BOOK, row.pk)
    if paper is None or paper.scan_id is None:
        way = (_("上传扫描件"), reverse("documents:paper", args=[TASK_BOOK.code, row.pk]))
        raise SignatureError(_("还没有双方签字盖章的扫描件。请先上传，再登记签署。"), way=way)
    return _put_in_force(row, by=by, at=at, is_on_paper=True)


def _put_in_force(row: TaskBook, *, by: User, at: dt.datetime, is_on_paper: bool) -> TaskBook:
    tasks = list(row.tasks.all())
    refuse_faults(faults_for_signing(tasks, row.placement), tasks)
    _carry_over(row, tasks)
    TaskBook.objects.filter(placement=row.placement, state=BookState.IN_FORCE).update(
        state=BookState.REPLACED
    )
    row.state, row.is_on_paper = BookState.IN_FORCE, is_on_paper
    row.own_signed_by, row.own_signed_at = by, at
    row.save()
    details = {"version": row.number, "is_on_paper": is_on_paper}
    record("task_book.sign", row, by=by, at=at, details=details)
    return row


def _carry_over(row: TaskBook, tasks: list[Task]) -> None:
    """Acceptances of the version in force, also those given while the next one was written."""
    new = {one.line: one for one in tasks}
    standing = accepted_lines(row.placement)
    for line, before in standing.items():
        if line not in new or content_of(new[line]) != content_of(before):
            raise TasksRefusedError(
                _("“%(task)s”在变更期间已通过验收，这一版却改动了它。请接收单位收回后保留原样。")
                % {"task": before.name}
            )
    for one in tasks:
        accepted = standing.get(one.line)
        one.accepted_on = accepted.accepted_on if accepted else None
        one.is_adopted = accepted.is_adopted if accepted else None
    Task.objects.bulk_update(tasks, ["accepted_on", "is_adopted"])


def _unsign(row: TaskBook) -> None:
    row.state = BookState.DRAFT
    row.host_signed_by = row.host_signed_at = None
    row.save()


def _page(placement: Placement) -> str:
    return reverse("task_books:book_detail", args=[placement.pk])
