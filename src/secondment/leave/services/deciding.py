"""Decide on a request, step by step; nobody decides on their own."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import Sentence, say
from secondment.leave.choices import EntryKind, LeaveState, StepState
from secondment.leave.drafts import term_of
from secondment.leave.models import LeaveRequest, LeaveStep
from secondment.leave.queries import current_step, stand_ins_of, with_names
from secondment.leave.rules import holds, is_own, standing_in, writes_for
from secondment.leave.services import ledger
from secondment.leave.services.alerting import look_after
from secondment.leave.services.asking import locked_placement, notify_deciders, page_of
from secondment.leave.services.errors import LeaveStateError, RefusedLeaveError, WordsMissingError
from secondment.leave.words import span_words
from secondment.notices.services import send_notice


@transaction.atomic
def decide(
    step: LeaveStep,
    *,
    grants: bool,
    words: str = "",
    decided_for: str = "",
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> LeaveRequest:
    """Grant or refuse in the name of the office of the step; the last one that grants writes the ledger.

    `decided_for` names who decided in an office without an account, written down by the department in charge.
    """
    request = locked(step.request)
    _require_may_decide(by, request, step, on)
    current = current_step(request)
    if current is None or current.pk != step.pk:
        raise LeaveStateError(_("这一步已经办过了。请刷新页面，查看最新情况。"))
    writes_down = not _acts_for(by, current, on)
    if writes_down and not decided_for.strip():
        raise WordsMissingError(_("该单位没有账号，由您代为登记：请写明是谁作的决定。"), field="decided_for")
    if not grants and not words.strip():
        raise WordsMissingError(_("不同意的，请写明理由，本人会看到。"), field="words")
    if grants and not request.span.is_within(term_of(request.placement)):
        raise RefusedLeaveError(
            _("申请以后挂职期限有变，请假时间不全在挂职期内。请不同意这次申请，由本人重新申请。")
        )
    current.state = StepState.GRANTED if grants else StepState.REFUSED
    current.words, current.decided_for = words.strip(), decided_for.strip() if writes_down else ""
    current.decided_by, current.decided_at = by, at
    if not holds(by, current):
        current.stand_in = standing_in(by, current, stand_ins_of(by, on))
    current.save()
    action = "leave_request.grant" if grants else "leave_request.refuse"
    record(action, request, by=by, at=at, details={"office": current.unit.name})
    _go_on(request, grants=grants, by=by, on=on, at=at)
    return request


def locked(request: LeaveRequest) -> LeaveRequest:
    """The request as it is now; its placement is locked first, so that acts about one person follow one another."""
    locked_placement(request.placement)
    return (
        with_names(LeaveRequest.objects.filter(pk=request.pk))
        .select_related("placement__person__account")
        .get()
    )


def may_decide(by: User, request: LeaveRequest, step: LeaveStep, on: dt.date) -> bool:
    """The office of the step, who stands in for it, or the department where it has no account; never one's own."""
    if is_own(by, request.placement):
        return False
    return _acts_for(by, step, on) or writes_for(by, request, has_account=has_account(step))


def has_account(step: LeaveStep) -> bool:
    """Whether somebody can sign in for the office."""
    return accounts_of([step.unit], Role(step.role)).exists()


def _acts_for(by: User, step: LeaveStep, on: dt.date) -> bool:
    return holds(by, step) or standing_in(by, step, stand_ins_of(by, on)) is not None


def _require_may_decide(by: User, request: LeaveRequest, step: LeaveStep, on: dt.date) -> None:
    require(not is_own(by, request.placement), _("本人的请假不能由本人审批。请由本单位其他人或代批人办理。"))
    require(may_decide(by, request, step, on), _("这一步由%(unit)s审批。") % {"unit": step.unit.name})


def _go_on(request: LeaveRequest, *, grants: bool, by: User, on: dt.date, at: dt.datetime) -> None:
    following = current_step(request)
    if grants and following is not None:
        notify_deciders(request, following, on=on, at=at)
        return
    request.state = LeaveState.GRANTED if grants else LeaveState.REFUSED
    request.version += 1
    request.save(update_fields=["state", "version"])
    if grants:
        ledger.add(request, EntryKind.GRANTED, request.span, by=by, at=at)
        look_after(request.placement, on=on)
    notify_person(request, at=at)


def notify_person(request: LeaveRequest, *, at: dt.datetime) -> None:
    """The person, and who typed it, learn what was decided."""
    name = request.placement.person.name
    is_granted = request.state == LeaveState.GRANTED
    title = say("%(name)s的请假已批准", name=name) if is_granted else say("%(name)s的请假未获批准", name=name)
    _notify(request, title, at)


def notify_cancelled(request: LeaveRequest, *, at: dt.datetime) -> None:
    """Somebody else, or the end of the term, took the leave away: why stands on its page."""
    span = span_words(request.span)
    _notify(request, say("%(name)s的请假已撤销：%(span)s", name=request.placement.person.name, span=span), at)


def _notify(request: LeaveRequest, title: Sentence, at: dt.datetime) -> None:
    accounts = {one for one in (request.placement.person.account, request.asked_by) if one is not None}
    send_notice(accounts, title=title, at=at, path=page_of(request))
