"""Ask for leave, look at a request, print its form."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.documents.papers import slots_for
from secondment.leave import services, view_models
from secondment.leave.choices import LeaveState
from secondment.leave.drafts import Draft, term_of
from secondment.leave.forms import DecideForm, LeaveForm, ReturnForm, WordsForm
from secondment.leave.levels import Approval, approval_for
from secondment.leave.papers import LEAVE
from secondment.leave.queries import asked_for
from secondment.leave.rules import (
    is_clerk,
    is_own,
    may_ask,
    may_excuse,
    may_read_reason,
    may_undo_return,
    may_withdraw,
)
from secondment.leave.sheets import LEAVE_FORM, leave_sheet
from secondment.leave.views.finding import Seen, seen
from secondment.leave.words import days_words
from secondment.placements.models import Placement
from secondment.placements.queries import every, with_names


def leave_new(request: SignedInRequest) -> HttpResponse:
    """Type it, see how many days it is and who will decide, and send it."""
    placements = with_names(asked_for(request.user)).select_related("person__account")
    require(placements.exists(), _("没有可以请假的人员：本人须已报到在挂，或由接收单位、主办组织部门代填。"))
    form = _form(request, placements.order_by("person__name_key", "pk"))
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid() and form.draft is not None:
        draft = form.draft
        preview = _preview(draft)
        if form.cleaned_data["seen"] == preview["seen"]:
            asked = attempt(form, lambda: services.ask_for_leave(draft, **acting_today(request)))
            if asked is not None:
                told = (
                    _("已提交，并已通知审批人。")
                    if asked.is_new
                    else _("同样的请假已经提交过，没有重复提交。")
                )
                messages.success(request, told)
                return redirect("leave:leave_detail", asked.request.pk)
        form.data = {**request.POST.dict(), "seen": preview["seen"]}
    own = form.draft.placement if form.draft else _single(form)
    context = {
        "form": form,
        "preview": preview,
        "levels": _levels(own) if own else [],
        "county_words": view_models.county_words(own) if own else "",
    }
    return render(request, "leave/leave_new.html", context)


def _form(request: SignedInRequest, placements: Any) -> LeaveForm:
    wanted = number_in(request.GET.get("placement", "")) if request.GET.get("placement") else None
    if wanted is not None:
        chosen = get_object_or_404(placements, pk=wanted)
        return LeaveForm.for_own(request.POST or None, placement=chosen)
    first_two = list(placements[:2])
    if len(first_two) == 1:
        return LeaveForm.for_own(request.POST or None, placement=first_two[0])
    return LeaveForm(request.POST or None, placements=placements)


def _single(form: LeaveForm) -> Placement | None:
    """The one placement of the form, where there is nothing to choose."""
    pk = form.initial.get("placement")
    return with_names(every().filter(pk=pk)).first() if pk else None


def _preview(draft: Draft) -> dict[str, Any]:
    half_days = draft.span.shared(term_of(draft.placement)).n_working
    approval = approval_for(draft.placement, half_days)
    who = view_models.approval_words(approval)
    told = f"{draft.placement.pk} {draft.span} {half_days} {who}"
    return {
        "days": days_words(half_days),
        "is_certain": draft.span.is_certain,
        "approval": approval,
        "who": who,
        "seen": hashlib.sha256(told.encode()).hexdigest()[:16],
    }


def _levels(placement: Placement) -> list[tuple[str, list[str]]]:
    """Who decides on how many days, with the offices that they are for this person."""
    found = []
    for words, half_days in view_models.level_lines(placement):
        approval: Approval = approval_for(placement, half_days)
        found.append((words, view_models.approval_words(approval)))
    return found


def leave_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked for, how far it is, and what the reader may do now."""
    return shown(request, seen(request, pk))


def shown(request: SignedInRequest, now: Seen, typed: dict[str, Any] | None = None) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    row, user = now.request, request.user
    placement = row.placement
    clerk_not_own = is_clerk(user, placement) and not is_own(user, placement)
    is_before = is_own(user, placement) and now.on < row.starts_on
    forms = {
        "decide": DecideForm(),
        "cancel": WordsForm(auto_id="id_cancel_%s"),
        "excuse": WordsForm(auto_id="id_excuse_%s"),
        "back": ReturnForm(initial={"back_on": min(row.due_back.day, now.on)}),
    }
    context = {
        "leave": row,
        "facts": view_models.facts_of(row, reads_reason=now.reads_reason, opens_reason=now.opens_reason),
        "steps": view_models.step_lines(list(row.steps.select_related("unit", "decided_by")), now.step),
        "step": now.step,
        "decides": now.decides,
        "writes_down": now.decides
        and now.step is not None
        and not view_models.acts_for(user, now.step, now.on),
        "late": view_models.late_words(row, now.on),
        "lines": view_models.ledger_lines(
            list(row.entries.select_related("request", "written_by", "reverses"))
        ),
        "may_open": now.opens_reason and not now.reads_reason and bool(row.reason_sealed),
        "may_withdraw": row.state == LeaveState.ASKED and may_withdraw(user, row),
        "may_cancel": row.state == LeaveState.GRANTED and (is_before or clerk_not_own),
        "may_return": row.state == LeaveState.GRANTED
        and may_ask(user, placement)
        and row.starts_on <= now.on,
        "may_undo": row.state == LeaveState.RETURNED and may_undo_return(user, row),
        "may_excuse": row.state == LeaveState.RETURNED
        and not row.late.is_empty
        and not row.late_excused
        and may_excuse(user, placement),
        "may_print": now.opens_reason,
        "slots": slots_for(user, [(LEAVE, row)]) if may_read_reason(user, placement) else [],
        **{f"{name}_form": form for name, form in (forms | (typed or {})).items()},
    }
    return render(request, "leave/leave_detail.html", context)


@require_GET
def leave_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Form F7 as a Word file; a reason about a body is not printed."""
    now = seen(request, pk)
    require(now.opens_reason)
    record_export("leave_request.print", now.request, **acting(request))
    name = f"请假单（{now.request.placement.person.name} {now.request.starts_on}）.docx"
    return download(LEAVE_FORM.fill(leave_sheet(now.request)), name)
