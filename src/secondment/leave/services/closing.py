"""Withdraw, cancel, return (销假), and take a return back."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.leave.choices import EntryKind, LeaveState
from secondment.leave.drafts import leave_within_return, overlapping, term_of
from secondment.leave.models import LeaveRequest
from secondment.leave.queries import standing_of
from secondment.leave.rules import is_clerk, is_own, may_ask, may_excuse, may_undo_return, may_withdraw
from secondment.leave.services import ledger
from secondment.leave.services.alerting import look_after
from secondment.leave.services.deciding import locked, notify_cancelled
from secondment.leave.services.errors import LeaveStateError, ReturnError, WordsMissingError
from secondment.leave.spans import HalfDay, Span
from secondment.leave.words import half_words, span_words


@transaction.atomic
def withdraw(request: LeaveRequest, *, by: User, at: dt.datetime) -> LeaveRequest:
    """Take back what nobody has decided on for good."""
    row = _in_state(request, LeaveState.ASKED)
    require(may_withdraw(by, row), _("本人的申请由本人撤回；不能准假的，请选“不同意”并写明理由。"))
    row.state = LeaveState.WITHDRAWN
    _saved(row, "state")
    record("leave_request.withdraw", row, by=by, at=at)
    return row


@transaction.atomic
def cancel(request: LeaveRequest, *, words: str, by: User, on: dt.date, at: dt.datetime) -> LeaveRequest:
    """Leave that was granted and never taken: by the person before it begins, by office or department at any time."""
    row = _in_state(request, LeaveState.GRANTED)
    is_early = is_own(by, row.placement) and on < row.starts_on
    is_others = is_clerk(by, row.placement) and not is_own(by, row.placement)
    require(is_early or is_others, _("请假开始以后，由接收单位或主办组织部门撤销；已返岗的请销假。"))
    if not words.strip():
        raise WordsMissingError(_("请用几个字写明为什么撤销。"), field="words")
    row.state, row.closing_words = LeaveState.CANCELLED, words.strip()
    _saved(row, "state", "closing_words")
    ledger.reverse(row, ledger.KINDS, by=by, at=at)
    record("leave_request.cancel", row, by=by, at=at)
    if is_others:
        notify_cancelled(row, at=at)
    look_after(row.placement, on=on)
    return row


@transaction.atomic
def register_return(
    request: LeaveRequest, *, back: HalfDay, by: User, on: dt.date, at: dt.datetime
) -> LeaveRequest:
    """Back in post since this half-day: earlier than granted takes the rest back, later adds what was late."""
    row = _in_state(request, LeaveState.GRANTED)
    require(may_ask(by, row.placement))
    if back.day > on:
        raise ReturnError(_("返岗日期还没有到。请在返岗当天或以后销假。"), field="back_on")
    if back <= row.span.starts:
        raise ReturnError(
            _("返岗早于请假开始（%(day)s）。没有休假的，请撤销这次请假。")
            % {"day": half_words(row.span.starts)},
            field="back_on",
        )
    between = leave_within_return(row.span, back, _others(row))
    if between is not None:
        raise ReturnError(
            _("%(day)s起已是另一次请假。这次的返岗至迟填到%(day)s；以后的返岗，在那一次请假上销假。")
            % {"day": half_words(between.span.starts)},
            field="back_on",
        )
    row.state, row.back_on, row.back_pm = LeaveState.RETURNED, back.day, back.is_pm
    _saved(row, "state", "back_on", "back_pm")
    ledger.take_back(row, EntryKind.EARLY, Span(back, row.span.ends), by=by, at=at)
    ledger.add(row, EntryKind.LATE, row.late.shared(term_of(row.placement)), by=by, at=at)
    record("leave_request.return", row, by=by, at=at, details={"day": f"{back.day}"})
    look_after(row.placement, on=on)
    return row


@transaction.atomic
def undo_return(request: LeaveRequest, *, by: User, on: dt.date, at: dt.datetime) -> LeaveRequest:
    """The return was typed wrong: everything it wrote is reversed, and the leave stands as it was granted."""
    row = _in_state(request, LeaveState.RETURNED)
    require(may_undo_return(by, row), _("已记逾期的销假，由接收单位或主办组织部门更正。"))
    since = next(overlapping(row.span, _others(row)), None)
    if since is not None:
        raise LeaveStateError(
            _("提前返岗以后，空出的时间又请了假（%(span)s）。请先撤回或撤销那一次，再更正这次销假。")
            % {"span": span_words(since.taken)}
        )
    row.state, row.back_on, row.back_pm, row.late_excused = LeaveState.GRANTED, None, False, ""
    _saved(row, "state", "back_on", "back_pm", "late_excused")
    ledger.rewrite(row, by=by, at=at)
    record("leave_request.undo_return", row, by=by, at=at)
    look_after(row.placement, on=on)
    return row


@transaction.atomic
def excuse(request: LeaveRequest, *, words: str, by: User, on: dt.date, at: dt.datetime) -> LeaveRequest:
    """The person was late for a good reason: what was late becomes leave, granted afterwards."""
    row = _in_state(request, LeaveState.RETURNED)
    require(may_excuse(by, row.placement), _("逾期是否有正当理由，由接收单位或主办组织部门认定。"))
    if row.late_excused or row.late.is_empty:
        raise LeaveStateError(_("没有需要认定的逾期。请刷新页面，查看最新情况。"))
    if not words.strip():
        raise WordsMissingError(_("请写明正当理由，例如“突发疾病住院，已电话报告”。"), field="words")
    row.late_excused = words.strip()
    _saved(row, "late_excused")
    late = row.late.shared(term_of(row.placement))
    ledger.reverse(row, (EntryKind.LATE,), by=by, at=at)
    ledger.add(row, EntryKind.EXCUSED, late, by=by, at=at)
    record("leave_request.excuse", row, by=by, at=at)
    look_after(row.placement, on=on)
    return row


def _others(row: LeaveRequest) -> QuerySet[LeaveRequest]:
    return standing_of([row.placement_id]).exclude(pk=row.pk)


def _in_state(request: LeaveRequest, state: LeaveState) -> LeaveRequest:
    row = locked(request)
    if row.state != state:
        raise LeaveStateError(
            _("这次请假现在是“%(state)s”，不能这样办理。请刷新页面，查看最新情况。")
            % {"state": row.get_state_display()}
        )
    return row


def _saved(row: LeaveRequest, *names: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *names])
