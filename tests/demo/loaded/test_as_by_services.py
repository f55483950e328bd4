"""What is written in bulk is what the services write: a sample goes through them and is compared row by row, with its trail."""

import datetime as dt
import random

import pytest
from django.db import transaction

from secondment.assessments.choices import SummarySource
from secondment.assessments.models import Summary
from secondment.assessments.services import read_summary, write_summary
from secondment.assessments.writing import asked_of
from secondment.audit.models import AuditEvent
from secondment.daily_work.content import Notice, Presence, Report
from secondment.daily_work.cycles import BY_KIND
from secondment.daily_work.desk import Entry, HandingIn
from secondment.daily_work.models import HomeNotice, HostReport, PresenceConfirmation, SupportItem
from secondment.daily_work.services import confirm_presence, hand_in_reports, send_notices
from secondment.daily_work.services.reading import read_notice
from secondment.daily_work.services.support import answer_support, judge_support
from secondment.documents.models import Paper
from secondment.documents.papers.services import Scan, file_paper, read_scan
from secondment.leave.choices import LeaveState, StepState
from secondment.leave.drafts import Draft
from secondment.leave.models import LeaveEntry, LeaveRequest, LeaveStep
from secondment.leave.services import ask_for_leave, cancel, decide, excuse, register_return, withdraw
from secondment.obligations.models import Obligation
from secondment.placements.models import Placement
from secondment.task_books.choices import BookState, OutcomeKind
from secondment.task_books.models import DivisionOfWork, ProgressNote, Task, TaskBook, TaskOutcome
from secondment.task_books.papers import TASK_BOOK
from secondment.task_books.services import (
    accept_task,
    note_progress,
    refuse_task,
    send_book,
    sign_book,
    sign_on_paper,
    write_division,
    write_draft,
)
from secondment.task_books.services.dividing import Division
from secondment.task_books.services.drafting import copies_of
from tests.makers import AT

ON = dt.date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEVER_COMPARED = {
    "id",
    "key",
    "reason_sealed",
    "object_id",
    "book_id",
    "request_id",
    "reverses_id",
    "seal",
    "scan_id",
    "known",  # what the page showed on the day; loaded records come without a page
}


def fields_of(row) -> dict[str, object]:
    """Every column but numbers that differ by nature."""
    values = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    return {name: one for name, one in values.items() if name not in NEVER_COMPARED}


def trail_of(*rows) -> list[dict[str, object]]:
    events = []
    for row in rows:
        found = AuditEvent.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk))
        events += [fields_of(one) | {"details": said(one.details)} for one in found]
    return sorted(events, key=lambda one: (one["at"], one["action"]))


def said(details: dict[str, object]) -> dict[str, object]:
    """A sealed file has another fingerprint each time."""
    return {name: one for name, one in details.items() if name != "scan"}


def sample(rows, n: int) -> list:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(7).sample(keys, n)
    return list(rows.filter(pk__in=chosen).order_by("pk"))


@pytest.fixture
def undone():
    """Everything a test writes is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def owed_of(record) -> Obligation:
    kind = next(kind for kind, cycle in BY_KIND.items() if cycle.model is type(record))
    return Obligation.objects.get(
        kind=kind, subject_id=str(record.placement_id), period_ends_on=record.ends_on
    )


def acts_on(row) -> dict[str, AuditEvent]:
    found = AuditEvent.objects.filter(object_type=row._meta.label_lower, object_id=str(row.pk))
    return {one.action.split(".")[1]: one for one in found.select_related("actor")}


def support_rows(item: SupportItem) -> list[object]:
    owed = Obligation.objects.filter(subject_type="daily_work.supportitem", subject_id=str(item.pk))
    rows = [fields_of(one) for one in (item, *owed.order_by("kind"))]
    return [{name: one for name, one in row.items() if name not in OF_ITEM} for row in rows] + trail_of(item)


def support_again(report: HostReport, item: SupportItem, acts: dict[str, AuditEvent]) -> SupportItem:
    again = SupportItem.objects.get(report=report)
    if act := acts.get("answer"):
        again = answer_support(again, words=item.answer, by=act.actor, on=act.at.date(), at=act.at)
    if act := acts.get("judge"):
        helped = item.state == "helped"
        day = act.at.date()
        again = judge_support(again, helped=helped, words=item.outcome, by=act.actor, on=day, at=act.at)
    return again


OF_ITEM = {"report_id", "subject_id", "path"}  # they name the number of the item or its report
CYCLES = {
    PresenceConfirmation: (Presence, confirm_presence, 40),
    HostReport: (Report, hand_in_reports, 40),
    HomeNotice: (Notice, send_notices, 40),
}


@pytest.mark.parametrize("model", CYCLES)
def test_what_is_handed_in(model, undone) -> None:
    content_type, hand_in, n = CYCLES[model]
    chosen = sample(model.objects.filter(placement__campaign__name__contains="第一书记"), n)
    chosen += list(model.objects.filter(placement__person__account__isnull=False)[:5])
    for row in chosen:
        before, trail, owed = fields_of(row), trail_of(row), fields_of(owed_of(row))
        item = SupportItem.objects.filter(report=row.pk).first() if model is HostReport else None
        support, acts = (support_rows(item), acts_on(item)) if item else (None, {})
        owed_of(row).delete()
        if item is not None:
            SupportItem.objects.filter(pk=item.pk).delete()
            Obligation.objects.filter(subject_type="daily_work.supportitem", subject_id=str(item.pk)).delete()
        read_at, reader = getattr(row, "read_at", None), row.placement.person.account
        model.objects.filter(pk=row.pk).delete()
        content = content_type(**{name: getattr(row, name) for name in row.CONTENT})
        entry = Entry(row.placement, content)
        by, at = row.handed_in_by, row.handed_in_at
        hand_in([entry], row.ends_on, by=by, on=at.date(), at=at, handing=HandingIn(row.clerk))
        again = model.objects.get(placement=row.placement, ends_on=row.ends_on)
        if read_at is not None:
            again = read_notice(again, by=reader, at=read_at)
        assert fields_of(again) == before
        assert trail_of(again) == trail
        assert fields_of(owed_of(again)) == owed
        if item is not None:
            assert support_rows(support_again(again, item, acts)) == support


def leave_rows(request: LeaveRequest) -> list[dict[str, object]]:
    steps = LeaveStep.objects.filter(request=request).order_by("position")
    entries = LeaveEntry.objects.filter(request=request).order_by("written_at", "kind", "month")
    return [
        fields_of(request),
        *(fields_of(one) for one in steps),
        *(fields_of(one) | {"reverses": getattr(one.reverses, "kind", None)} for one in entries),
    ]


def ask_again(request: LeaveRequest) -> LeaveRequest:
    """The same leave through its services, from the request to the return."""
    steps = list(LeaveStep.objects.filter(request=request).order_by("position"))
    entries = list(LeaveEntry.objects.filter(request=request).order_by("pk"))
    late = next((one for one in entries if one.kind == "excused"), None)
    acts = AuditEvent.objects.filter(object_type="leave.leaverequest", object_id=str(request.pk))
    acted = {one.action: one for one in acts.select_related("actor")}
    LeaveEntry.objects.filter(request=request, reverses__isnull=False).delete()
    LeaveEntry.objects.filter(request=request).delete()
    LeaveRequest.objects.filter(pk=request.pk).delete()
    names = ("placement", "type", "span", "reason", "destination", "deputy_name", "deputy_contact")
    draft = Draft(**{name: getattr(request, name) for name in names})
    at = request.asked_at
    again = ask_for_leave(draft, by=request.asked_by, on=at.date(), at=at).request
    for step in steps:
        if step.state != StepState.WAITING:
            again = decide(
                again.steps.get(position=step.position),
                grants=step.state == StepState.GRANTED,
                words=step.words,
                decided_for=step.decided_for,
                by=step.decided_by,
                on=step.decided_at.date(),
                at=step.decided_at,
            )
    if withdrawn := acted.get("leave_request.withdraw"):
        again = withdraw(again, by=withdrawn.actor, at=withdrawn.at)
    if cancelled := acted.get("leave_request.cancel"):
        day = cancelled.at.date()
        again = cancel(again, words=request.closing_words, by=cancelled.actor, on=day, at=cancelled.at)
    if returned := acted.get("leave_request.return"):
        day = returned.at.date()
        again = register_return(again, back=request.back, by=returned.actor, on=day, at=returned.at)
    if excused := acted.get("leave_request.excuse"):
        assert late is not None
        words = request.late_excused
        again = excuse(again, words=words, by=excused.actor, on=excused.at.date(), at=excused.at)
    return LeaveRequest.objects.get(pk=again.pk)


def test_leave(undone) -> None:
    rows = LeaveRequest.objects.select_related("placement__person__account", "placement__host_unit")
    chosen = sample(rows.filter(placement__campaign__name__contains="第一书记"), 40)
    for state in LeaveState:
        chosen += list(rows.filter(state=state)[:2])
    chosen += list(rows.exclude(late_excused="")[:2]) + list(
        rows.exclude(placement__person__account=None)[:3]
    )
    chosen = list({one.pk: one for one in chosen}.values())
    assert len({one.state for one in chosen}) == len(LeaveState)
    for row in chosen:
        before, trail, reason = leave_rows(row), trail_of(row), row.reason
        again = ask_again(row)
        assert leave_rows(again) == before
        assert trail_of(again) == trail
        assert again.reason == reason


def book_rows(placement: Placement) -> list[list[dict[str, object]]]:
    book = TaskBook.objects.get(placement=placement)
    return [
        [fields_of(book)],
        [fields_of(one) for one in Task.objects.filter(book=book).order_by("line")],
        [fields_of(one) for one in TaskOutcome.objects.filter(placement=placement).order_by("at", "line")],
        [fields_of(one) for one in ProgressNote.objects.filter(placement=placement).order_by("at", "line")],
        [fields_of(one) for one in DivisionOfWork.objects.filter(placement=placement)],
        [fields_of(one) for one in Paper.objects.filter(form="F6", object_id=book.pk).order_by("at")],
        trail_of(
            book,
            *Task.objects.filter(book=book),
            *DivisionOfWork.objects.filter(placement=placement),
            *Paper.objects.filter(form="F6", object_id=book.pk),
        ),
    ]


def write_again(placement: Placement) -> None:
    """The same division and task book through their services, act by act."""
    book = TaskBook.objects.get(placement=placement)
    tasks = list(Task.objects.filter(book=book).order_by("line"))
    division = DivisionOfWork.objects.filter(placement=placement).first()
    outcomes = list(TaskOutcome.objects.filter(placement=placement))
    notes = list(ProgressNote.objects.filter(placement=placement))
    papers = list(Paper.objects.filter(form="F6", object_id=book.pk).order_by("pk"))
    content = [read_scan(one, by=one.by, at=AT) for one in papers if one.scan_id][:1]
    TaskOutcome.objects.filter(placement=placement).delete()
    ProgressNote.objects.filter(placement=placement).delete()
    DivisionOfWork.objects.filter(placement=placement).delete()
    Task.objects.filter(book=book).delete()
    Paper.objects.filter(form="F6", object_id=book.pk).delete()
    TaskBook.objects.filter(pk=book.pk).delete()
    if division is not None:
        names = ("over_people", "over_money", "over_projects", "not_given")
        words = Division(placement.duties, **{name: getattr(division, name) for name in names})
        at = division.at
        write_division(placement, words, by=division.by, on=at.date(), at=at)
    fresh = copies_of(tasks)
    for one in fresh:
        one.accepted_on = one.is_adopted = None
    again = write_draft(placement, fresh, by=book.written_by, at=book.written_at)
    at = book.host_signed_at
    again = send_book(again, by=book.host_signed_by, on=at.date(), at=at)
    if book.state == BookState.IN_FORCE and book.is_on_paper:
        filed = papers[-1]
        scan = Scan("任务书盖章件.png", content[0], "image/png")
        waiting = Paper.objects.get(form="F6", object_id=again.pk)
        file_paper(
            TASK_BOOK, again, scan=scan, place=filed.place, replaces=waiting.pk,
            by=filed.by, on=filed.at.date(), at=filed.at,
        )  # fmt: skip
        sign_on_paper(again, by=book.own_signed_by, at=book.own_signed_at)
    elif book.state == BookState.IN_FORCE:
        sign_book(again, by=book.own_signed_by, at=book.own_signed_at)
    acts = sorted([*outcomes, *notes], key=lambda one: one.at)
    for act in acts:
        task = Task.objects.select_related("book").get(book=again, line=act.line)
        before = next(one for one in tasks if one.line == act.line)
        if isinstance(act, ProgressNote):
            note_progress(task, text=act.text, by=act.by, at=act.at)
        elif act.kind == OutcomeKind.ACCEPTED:
            accept_task(task, is_adopted=before.is_adopted, by=act.by, on=act.decided_on, at=act.at)
        else:
            refuse_task(task, reason=act.reason, by=act.by, on=act.decided_on, at=act.at)


def test_task_books(undone) -> None:
    rows = Placement.objects.filter(task_books__isnull=False).select_related("person__account", "host_unit")
    chosen = sample(rows, 40)
    chosen += [*rows.exclude(person__account=None), *rows.filter(task_books__state=BookState.SENT)[:2]]
    for placement in chosen:
        before = book_rows(placement)
        write_again(placement)
        assert book_rows(placement) == before


def test_summaries(undone) -> None:
    rows = Summary.objects.filter(placement__campaign__name__contains="第一书记")
    chosen = sample(rows, 20) + list(rows.filter(placement__person__account__isnull=False)[:3])
    for row in chosen:
        before, trail = fields_of(row), trail_of(row)
        Summary.objects.filter(pk=row.pk).delete()
        asked = next(one for one in asked_of(row.placement, ON) if one.year == row.year)
        again = write_summary(
            asked,
            row.text,
            by=row.written_by,
            on=row.written_at.date(),
            at=row.written_at,
            is_of_workbook=row.source == SummarySource.WORKBOOK,
        )
        if row.read_by is not None:
            again = read_summary(again, by=row.read_by, at=row.read_at)
        assert fields_of(again) == before
        assert trail_of(again) == trail
