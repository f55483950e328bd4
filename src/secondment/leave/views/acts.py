"""What is done to a request: each act posts, and a refusal is shown on the page where it was typed."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt, attempt_button
from secondment.leave import services
from secondment.leave.forms import DecideForm, ReturnForm, WordsForm
from secondment.leave.models import LeaveRequest
from secondment.leave.views.finding import Seen, seen
from secondment.leave.views.requests import shown


@require_POST
def decide(request: SignedInRequest, pk: int, step: int) -> HttpResponse:
    """Grant or refuse, as one of the steps."""
    now = seen(request, pk)
    found = get_object_or_404(now.request.steps, pk=step)
    grants = request.POST.get("answer") == "grant"

    def act(form: DecideForm) -> LeaveRequest:
        return services.decide(found, grants=grants, **form.cleaned_data, **acting_today(request))

    told = _("已同意。") if grants else _("已告知本人：不同意。")
    return _acted(request, now, "decide", DecideForm(request.POST), act, told)


@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back leave that was granted."""

    def act(form: WordsForm) -> LeaveRequest:
        return services.cancel(now.request, **form.cleaned_data, **acting_today(request))

    now = seen(request, pk)
    form = WordsForm(request.POST, auto_id="id_cancel_%s")
    return _acted(request, now, "cancel", form, act, _("已撤销，台账已冲回。"))


@require_POST
def register_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back in post."""

    def act(form: ReturnForm) -> LeaveRequest:
        return services.register_return(now.request, back=form.back, **acting_today(request))

    now = seen(request, pk)
    return _acted(request, now, "back", ReturnForm(request.POST), act, _("已销假。"))


@require_POST
def excuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Late for a good reason."""

    def act(form: WordsForm) -> LeaveRequest:
        return services.excuse(now.request, **form.cleaned_data, **acting_today(request))

    now = seen(request, pk)
    form = WordsForm(request.POST, auto_id="id_excuse_%s")
    return _acted(request, now, "excuse", form, act, _("已认定有正当理由，逾期改记为请假。"))


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what was asked for."""
    now = seen(request, pk)
    if attempt_button(request, lambda: services.withdraw(now.request, **acting(request))):
        messages.success(request, _("已撤回。"))
    return redirect("leave:leave_detail", pk)


@require_POST
def undo_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """The return was typed wrong."""
    now = seen(request, pk)
    if attempt_button(request, lambda: services.undo_return(now.request, **acting_today(request))):
        messages.success(request, _("已撤回销假，请按实际返岗时间重新办理。"))
    return redirect("leave:leave_detail", pk)


@require_POST
def reason(request: SignedInRequest, pk: int) -> HttpResponse:
    """A reason about a body, in clear, once."""
    now = seen(request, pk)
    text = services.reveal_reason(now.request, is_reader=now.opens_reason, **acting(request))
    return render(request, "leave/leave_reason.html", {"leave": now.request, "text": text})


def _acted(
    request: SignedInRequest,
    now: Seen,
    name: str,
    form: Form,
    act: Callable[..., LeaveRequest],
    told: str,
) -> HttpResponse:
    if form.is_valid() and attempt(form, lambda: act(form)) is not None:
        messages.success(request, told)
        return redirect("leave:leave_detail", now.request.pk)
    return shown(request, now, {name: form})
