"""What duties ask of whom, how it stands, and excuses."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.common.own_paths import own_path
from secondment.obligations.forms import ExcuseForm
from secondment.obligations.late_offices import late_offices as by_office
from secondment.obligations.lists import DUTY_LIST, LATE_OFFICES
from secondment.obligations.models import ObligationState
from secondment.obligations.queries import visible_to
from secondment.obligations.rules import can_be_excused, may_excuse, may_fulfil
from secondment.obligations.services import excuse, take_back_excuse
from secondment.obligations.view_models import duty_facts


def duty_list(request: SignedInRequest) -> HttpResponse:
    """Every office's duties within the reader's scope."""
    return DUTY_LIST.respond(
        request,
        visible_to(request.user),
        "obligations/duty_list.html",
        {"oversees": has_role(request.user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)},
        on_export=exporting(request, "obligation.export", request.user),
    )


def late_offices(request: SignedInRequest) -> HttpResponse:
    """Offices that are late, for whoever oversees them; never people."""
    require(
        has_role(request.user, Role.ORGANISATION_DEPARTMENT, Role.LEADER), _("逾期单位由组织部门和领导查看。")
    )
    found = by_office(request.user, timezone.localdate())
    return LATE_OFFICES.respond(
        request,
        found,
        "obligations/late_offices.html",
        {"n": sum(one.n for one in found)},
        on_export=exporting(request, "obligation.export_late", request.user),
    )


def duty_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One duty; the organisation department in charge may excuse from it."""
    duty = get_object_or_404(visible_to(request.user), pk=pk)
    may = may_excuse(request.user, duty)
    form = ExcuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: excuse(duty, **form.cleaned_data, **acting_today(request)))
        if done is not None:
            messages.success(request, _("已免办。"))
            return redirect("obligations:duty_detail", pk)
    context = {
        "duty": duty,
        "facts": duty_facts(duty, timezone.localdate()),
        "path": own_path(duty.path) if may_fulfil(request.user, duty) else "",
        "form": form if may and (can_be_excused(duty) or form.errors) else None,
        "may_take_back": may and duty.state == ObligationState.EXCUSED,
    }
    return render(request, "obligations/duty_detail.html", context)


@require_POST
def duty_owe_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the excuse back."""
    duty = get_object_or_404(visible_to(request.user), pk=pk)
    if attempt_button(request, lambda: take_back_excuse(duty, **acting_today(request))) is not None:
        messages.success(request, _("已撤回免办，该事项恢复待办。"))
    return redirect("obligations:duty_detail", pk)
