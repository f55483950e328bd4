"""Requests outside of the register: counted, issued, answered, closed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.burden import services, view_models
from secondment.burden.forms import AnswerForm, RequestForm
from secondment.burden.lists import REQUESTS
from secondment.burden.models import Request
from secondment.burden.queries import offices_of, visible_to
from secondment.burden.rules import may_answer, may_ask, may_manage
from secondment.common.attempts import attempt
from secondment.common.errors import require

COUNTED = "counted"
"""What the page that was sent showed the cost of: typed otherwise meanwhile, it is counted and shown again."""


def request_list(request: SignedInRequest) -> HttpResponse:
    """Requests that the account's offices issued or were asked."""
    return REQUESTS.respond(
        request,
        visible_to(request.user),
        "burden/request_list.html",
        {"may_ask": may_ask(request.user)},
        on_export=exporting(request, "burden.export_requests", request.user),
    )


def request_new(request: SignedInRequest) -> HttpResponse:
    """First what it costs, then, on the page that shows it, the issue."""
    require(may_ask(request.user))
    form = RequestForm(request.POST or None, user=request.user)
    assessment, counted = None, ""
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        assessment, counted = services.assess(draft, timezone.localdate()), draft.counted
        if request.POST.get(COUNTED) == draft.counted:
            issued = attempt(form, lambda: services.issue_request(draft, **acting_today(request)))
            if issued is not None:
                words = _("已发给 %(n)d 个单位。") % {"n": issued.n_offices}
                messages.success(request, words)
                return redirect("burden:request_detail", issued.pk)
    context = {
        "form": form,
        "assessment": view_models.assessment_facts(assessment) if assessment else None,
        "counted": counted,
        "is_over": assessment is not None and assessment.excess is not None,
        "speeds": view_models.speeds(),
    }
    return render(request, "burden/request_new.html", context)


def request_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is asked; to the department that asked, every answer; to an office, its own."""
    found = _found(request, pk)
    is_manager = may_manage(request.user, found)
    services.read_answers(found, **acting(request))
    units = offices_of(found)
    shown = [one for one in units if is_manager or may_answer(request.user, found, one)]
    answers = {one.unit_id: one for one in found.answers.filter(unit__in=shown)}
    context = {
        "request_row": found,
        "facts": view_models.request_facts(found),
        "rows": [(one, answers.get(one.pk)) for one in shown],
        "may_close": is_manager and found.state == "issued",
        "is_open": found.state == "issued",
    }
    return render(request, "burden/request_detail.html", context)


def request_answer(request: SignedInRequest, pk: int, unit: int) -> HttpResponse:
    """The answer of one office."""
    found = _found(request, pk)
    office = get_object_or_404(offices_of(found), pk=unit)
    if not may_answer(request.user, found, office):
        raise Http404
    before = found.answers.filter(unit=office).first()
    form = AnswerForm(request.POST or None, request=found, initial={"text": before.text if before else ""})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        done = attempt(form, lambda: services.answer_request(found, office, text, **acting_today(request)))
        if done is not None:
            messages.success(request, _("已提交，编号 %(n)d。") % {"n": done.pk})
            return redirect("burden:request_detail", pk)
    context = {
        "request_row": found,
        "office": office,
        "form": form,
        "facts": view_models.request_facts(found),
    }
    return render(request, "burden/request_answer.html", context)


@require_POST
def request_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nothing more is asked for."""
    services.close_request(_found(request, pk), **acting_today(request))
    messages.success(request, _("已结束，没有答复的单位不再需要答复。"))
    return redirect("burden:request_detail", pk)


def _found(request: SignedInRequest, pk: int) -> Request:
    found: Request = get_object_or_404(visible_to(request.user), pk=pk)
    return found
