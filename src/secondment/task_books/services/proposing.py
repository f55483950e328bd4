"""The secondee proposes a task (主动工作); the host takes it into the task book or says why not."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.notices.services import send_notice
from secondment.task_books.choices import UNDER_WRITING, BookState, ProposalState, Proposer
from secondment.task_books.content import task_faults
from secondment.task_books.errors import ReasonMissingError, TaskBookStateError, TasksRefusedError
from secondment.task_books.models import CONTENT, Task, TaskBook, TaskProposal
from secondment.task_books.rules import is_own, may_write
from secondment.task_books.services.drafting import NOT_WRITER, copies_of, start_change, write_draft
from secondment.task_books.services.placing import book_of, locked_placement


@transaction.atomic
def propose_task(proposal: TaskProposal, *, by: User, at: dt.datetime) -> TaskProposal:
    """Keep a task that the secondee would like to do, and tell the host."""
    placement = locked_placement(proposal.placement_id)
    require(is_own(by, placement), _("任务建议由本人提出；接收单位请直接写入任务书。"))
    for field, words in task_faults(proposal, placement.starts_on, placement.last_day):
        raise TasksRefusedError(words, field=field)
    proposal.placement, proposal.proposer, proposal.proposed_at = placement, Proposer.SECONDEE, at
    proposal.weight = 0  # the host weighs it among the others
    proposal.save(force_insert=True)
    record("task_proposal.propose", proposal, by=by, at=at)
    title = say("%(person)s同志提出一项任务建议", person=placement.person.name)
    page = reverse("task_books:book_detail", args=[placement.pk])
    send_notice(
        accounts_of([placement.host_unit], Role.HOST_UNIT), title=title, body=proposal.name, path=page, at=at
    )
    return proposal


@transaction.atomic
def take_proposal(proposal: TaskProposal, *, by: User, at: dt.datetime) -> TaskBook:
    """Put a proposal into the draft; where the task book is signed already, a change begins with it."""
    row = _locked(proposal, by)
    draft = book_of(row.placement, *UNDER_WRITING)
    if draft is None and book_of(row.placement, BookState.IN_FORCE) is not None:
        draft = start_change(
            row.placement, reason=_("采纳本人提出的任务“%(task)s”") % {"task": row.name}, by=by, at=at
        )
    tasks = copies_of(list(draft.tasks.all())) if draft else []
    added = Task(**{name: getattr(row, name) for name in CONTENT})
    book = write_draft(row.placement, [*tasks, added], by=by, at=at)
    _answer(row, ProposalState.TAKEN, "", by=by, at=at)
    return book


@transaction.atomic
def decline_proposal(proposal: TaskProposal, *, reason: str, by: User, at: dt.datetime) -> TaskProposal:
    """Say why a proposal is not taken up; the secondee reads it."""
    row = _locked(proposal, by)
    if not reason.strip():
        raise ReasonMissingError(_("请写明未采纳的理由，本人可以看到。"), field="reason")
    _answer(row, ProposalState.DECLINED, reason.strip(), by=by, at=at)
    account = row.placement.person.account
    if account is not None:
        title = say("任务建议“%(task)s”未采纳", task=row.name)
        page = reverse("task_books:book_detail", args=[row.placement_id])
        send_notice([account], title=title, body=row.reason, path=page, at=at)
    return row


def _locked(proposal: TaskProposal, by: User) -> TaskProposal:
    placement = locked_placement(proposal.placement_id)
    require(may_write(by, placement), NOT_WRITER)
    row = TaskProposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != ProposalState.OPEN:
        raise TaskBookStateError(
            _("这条任务建议已处理：%(state)s。请刷新页面。") % {"state": row.get_state_display()}
        )
    row.placement = placement
    return row


def _answer(row: TaskProposal, state: ProposalState, reason: str, *, by: User, at: dt.datetime) -> None:
    row.state, row.reason, row.answered_by, row.answered_at = state, reason, by, at
    row.save()
    verb = "take" if state == ProposalState.TAKEN else "decline"
    record(f"task_proposal.{verb}", row, by=by, at=at, details={"reason": reason} if reason else {})
