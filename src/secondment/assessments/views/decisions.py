"""Pages of decisions on grades: record, check, post, bring into force."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.assessments import services, view_models
from secondment.assessments.choices import READY, DecisionState
from secondment.assessments.documents import posting_letter
from secondment.assessments.forms import GradeForm, MeetingForm, PostingForm, ReasonForm, grade_forms
from secondment.assessments.labels import decided_label, grade_label
from secondment.assessments.models import GradeDecision, Register
from secondment.assessments.queries import quota_list, with_names, with_stage
from secondment.assessments.rules import actions_for, may_manage, require_may_manage
from secondment.assessments.services.results import excellent_of, span_for, workdays_asked
from secondment.assessments.views.found import found_decision, found_register
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.workdays import is_announced
from secondment.documents.official import letter_bytes


def decision_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The grades of everybody who waits for one, as the committee decided; only what differs is changed."""
    register = found_register(request, pk)
    require_may_manage(request.user, register)
    rows = with_stage(with_names(register.evaluations.all()))
    waiting = list(rows.filter(stage=READY).order_by("pool", "person__name_key", "pk"))
    data = request.POST or None
    form = MeetingForm(data, initial={"decided_on": timezone.localdate()})
    grades = grade_forms(data, waiting)
    is_sound = [one.is_valid() for one in (form, *grades)]  # every fault is shown at once
    if request.method == "POST" and all(is_sound):
        made = attempt(form, lambda: _record(request, register, form, grades))
        if made is not None:
            messages.success(request, _("等次决定已登记，须由另一账号复核。"))
            return redirect("assessments:decision_detail", made.pk)
    context = {
        "register": register,
        "form": form,
        "pools": _by_pool(register, grades),
        "n_people": len(waiting),
        "n_left": register.evaluations.count() - len(waiting),
    }
    return render(request, "assessments/decision_record.html", context)


def decision_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One decision: who decided what, and how far it is."""
    decision = found_decision(request, pk)
    n_workdays = workdays_asked(decision)
    actions = actions_for(request.user, decision)
    is_over = decision.posted_until is not None and decision.posted_until < timezone.localdate()
    context = {
        "decision": decision,
        "register": decision.register,
        "facts": view_models.decision_facts(decision),
        "steps": view_models.decision_steps(decision, is_posted=n_workdays > 0),
        "lines": _lines(decision),
        "n_workdays": n_workdays,
        "actions": actions,
        "may_manage": may_manage(request.user, decision.register),
        "is_own": decision.recorded_by_id == request.user.pk and decision.state == DecisionState.RECORDED,
        "is_posted_out": is_over,
        "may_enforce": "enforce_decision" in actions and (is_over or not n_workdays),
        "is_certain": decision.posted_until is None or is_announced(decision.posted_until.year),
    }
    return render(request, "assessments/decision_detail.html", context)


@require_POST
def decision_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second account has checked."""
    services.confirm_decision(found_decision(request, pk), **acting(request))
    messages.success(request, _("已复核。"))
    return redirect("assessments:decision_detail", pk)


def decision_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it back before it is in force."""
    decision = found_decision(request, pk)
    require_may_manage(request.user, decision.register)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: services.return_decision(decision, reason=reason, **acting(request)))
        if done is not None:
            messages.success(request, _("已退回，名册中的人员恢复为待决定。"))
            return redirect("assessments:decision_detail", pk)
    return _step(request, decision, form, _("退回决定"), _("退回"))


def decision_post(request: SignedInRequest, pk: int) -> HttpResponse:
    """From when the grades of 优秀 are posted; the end follows from the calendar."""
    decision = found_decision(request, pk)
    require_may_manage(request.user, decision.register)
    form = PostingForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        span = attempt(
            form, lambda: services.post_decision(decision, **form.cleaned_data, **acting_today(request))
        )
        if span is not None:
            days = {"first": span.starts_on, "last": span.last_day}
            messages.success(request, _("公示时间为 %(first)s 至 %(last)s。") % days)
            return redirect("assessments:decision_detail", pk)
    note = _("优秀等次须公示不少于 %(n)d 个工作日；结束日期按国家放假安排推算。") % {
        "n": workdays_asked(decision)
    }
    return _step(request, decision, form, _("公示优秀等次"), _("登记公示"), note)


@require_POST
def decision_enforce(request: SignedInRequest, pk: int) -> HttpResponse:
    """The grades count from today."""
    services.enforce_decision(found_decision(request, pk), **acting_today(request))
    messages.success(request, _("等次已生效并写入干部信息，本人和两方单位将收到消息。"))
    return redirect("assessments:decision_detail", pk)


@require_GET
def posting_download(request: SignedInRequest, pk: int) -> HttpResponse:
    """The posting as a Word document; before its days are registered, with those that begin today."""
    decision = found_decision(request, pk)
    require_may_manage(request.user, decision.register)
    span = span_for(decision, decision.posted_from or timezone.localdate())
    record_export("assessment.export_letter", decision, **acting(request))
    letter = posting_letter(decision, excellent_of(decision), span)
    return download(letter_bytes(letter), f"{letter.title}.docx")


def _record(
    request: SignedInRequest, register: Register, form: MeetingForm, grades: Sequence[GradeForm]
) -> GradeDecision:
    choices = [one.choice() for one in grades if one.is_decided]
    return services.record_decision(register, form.answer(), choices, **acting_today(request))


def _by_pool(register: Register, grades: Sequence[GradeForm]) -> list[tuple[Any, list[GradeForm]]]:
    """The forms pool by pool, each with its places."""
    places = {one.pool.pk: one for one in quota_list(register)}
    pools = groupby(grades, key=lambda one: one.evaluation.pool_id)
    return [(places[pool], list(rows)) for pool, rows in pools]


def _lines(decision: GradeDecision) -> list[dict[str, Any]]:
    rows = decision.grades.select_related(
        "evaluation__person", "evaluation__placement__home_unit", "evaluation__placement__host_unit"
    )
    return [
        {
            "row": one,
            "grade": decided_label(one.grade, one.evaluation.person.category),
            "proposed": grade_label(one.proposed, one.evaluation.person.category),
            "is_unlike": one.grade != one.proposed,
        }
        for one in rows
    ]


def _step(
    request: SignedInRequest, decision: GradeDecision, form: Any, title: str, submit: str, note: str = ""
) -> HttpResponse:
    context = {
        "decision": decision,
        "register": decision.register,
        "form": form,
        "title": title,
        "submit": submit,
        "note": note,
    }
    return render(request, "assessments/decision_step.html", context)
