"""One early sign: its page, and the acts of office, department and person."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.audit.services import record_look
from secondment.common.attempts import attempt
from secondment.signals import services
from secondment.signals.forms import AnswerForm, CloseForm, OwnForm, ShowForm, UseForm
from secondment.signals.models import EarlySign
from secondment.signals.queries import visible_to
from secondment.signals.view_models import sign_page

FORMS: Mapping[str, type[Form]] = {
    "answer": AnswerForm,
    "speak": OwnForm,
    "show": ShowForm,
    "use": UseForm,
    "close": CloseForm,
}
OFFERED = {"answer": "answers", "speak": "speaks", "show": "shows", "use": "uses", "close": "closes"}
"""Act → what of the page says that its form is there."""


def sign_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Facts, a fair counter-reading, the question, what was said; each reading is on record."""
    sign = _found(request, pk)
    record_look("sign.read", sign, **acting(request))
    services.read_by_person(sign, by=request.user, on=timezone.localdate())
    return _shown(request, sign, {})


@require_POST
def sign_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office that was asked answers."""
    return _act(request, pk, "answer", services.answer_sign, _("已登记单位说明，由主办组织部门研究。"))


@require_POST
def sign_speak(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person says something."""
    return _act(request, pk, "speak", services.speak, _("已登记本人说明，使用这条提示的人会看到。"))


@require_POST
def sign_show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The facts are shown to the person."""
    return _act(request, pk, "show", services.show_sign, _("已把事实告知本人，本人可以说明。"))


@require_POST
def sign_use(request: SignedInRequest, pk: int) -> HttpResponse:
    """Used in a talk, a draw or a report."""
    return _act(request, pk, "use", services.use_sign, _("已登记使用。"))


@require_POST
def sign_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nothing more is asked."""
    return _act(request, pk, "close", services.close_sign, _("已了结。"))


def _act(request: SignedInRequest, pk: int, name: str, service: Any, told: str) -> HttpResponse:
    """What was typed to the service; a refusal is shown on the form."""
    sign = _found(request, pk)
    form = FORMS[name](request.POST, auto_id=f"id_{name}_%s")
    done = None
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: service(sign, **given, **acting_today(request)))
    if done is not None:
        messages.success(request, told)
        return redirect("signals:sign_detail", pk)
    return _shown(request, sign, {name: form})


def _found(request: SignedInRequest, pk: int) -> EarlySign:
    related = ("placement__person", "placement__host_unit", "placement__home_unit", "placement__owner_unit")
    rows = visible_to(request.user).select_related("unit", "answered_by", "closed_by", *related)
    return get_object_or_404(rows.prefetch_related("uses__by"), pk=pk)


def _shown(request: SignedInRequest, sign: EarlySign, refused: Mapping[str, Form]) -> HttpResponse:
    forms = {name: refused.get(name) or kind(auto_id=f"id_{name}_%s") for name, kind in FORMS.items()}
    page = sign_page(request.user, sign, timezone.localdate())
    has_account = sign.placement.person.account_id is not None
    context = {
        "page": page,
        "sign": sign,
        "has_account": has_account,
        "missed": [one for name, one in refused.items() if not getattr(page, OFFERED[name])],
        **{f"{name}_form": one for name, one in forms.items()},
    }
    return render(request, "signals/sign_detail.html", context)
