"""Special assessments: ordered with a reason, written about with facts, closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.accounts.scopes import has_role, units_held
from secondment.assessments.interim import services
from secondment.assessments.interim.choices import SpecialState
from secondment.assessments.interim.forms import SpecialForm
from secondment.assessments.interim.lists import SPECIALS
from secondment.assessments.interim.models import SpecialAssessment
from secondment.assessments.interim.queries import (
    found_for,
    people_of,
    special_candidates,
    specials_listed,
    specials_visible_to,
)
from secondment.assessments.interim.rules import OVERSEERS, may_order, may_run
from secondment.common.attempts import attempt, attempt_button
from secondment.common.components import Fact
from secondment.common.errors import require
from secondment.findings.choices import Side
from secondment.findings.forms import FindingForm
from secondment.findings.services import citable
from secondment.placements.models import Placement


def special_list(request: SignedInRequest) -> HttpResponse:
    """Those of the account's department."""
    require(has_role(request.user, *OVERSEERS))
    return SPECIALS.respond(
        request,
        specials_listed(request.user),
        "assessments/special_list.html",
        {"orders": may_order(request.user), "oversees": True},
        on_export=exporting(request, "assessment.export_special", request.user),
    )


def special_new(request: SignedInRequest) -> HttpResponse:
    """Order one."""
    require(may_order(request.user), _("专项考核由组织部门部署。"))
    form = SpecialForm(
        request.POST or None,
        owners=units_held(request.user, Role.ORGANISATION_DEPARTMENT),
        people=special_candidates(request.user).order_by("person__name_key", "pk"),
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        owner, people = data.pop("owner"), list(data.pop("placements"))
        who = acting_today(request)
        special = attempt(form, lambda: services.order_special(owner, people, **data, **who))
        if special is not None:
            messages.success(request, _("已部署专项考核。"))
            return redirect("assessments:special_detail", special.pk)
    return render(request, "assessments/special_new.html", {"form": form})


def special_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Why, by whom, and what stands about each person."""
    special = _found(request, pk)
    found: dict[int, list[Any]] = {}
    for one in found_for(special):
        found.setdefault(one.placement_id, []).append(one)
    runs = may_run(request.user, special)
    context = {
        "special": special,
        "facts": [
            Fact(_("主办组织部门"), special.owner_unit.name),
            Fact(_("考核事由"), special.reason, is_wide=True),
            Fact(_("考核人员"), special.assessors),
            Fact(_("部署日期"), special.ordered_on),
            Fact(_("完成期限"), special.due_on),
            Fact(_("状态"), special.get_state_display()),
        ],
        "people": [(one, found.get(one.pk, ())) for one in people_of(special)],
        "may_write": runs and special.state == SpecialState.OPEN,
        "may_reopen": runs and special.state == SpecialState.CLOSED,
    }
    return render(request, "assessments/special_detail.html", context)


def special_write(request: SignedInRequest, pk: int, placement: int) -> HttpResponse:
    """A finding about one of its people."""
    special, on = _found(request, pk), timezone.localdate()
    require(may_run(request.user, special) and special.state == SpecialState.OPEN)
    person = next((one for one in people_of(special) if one.pk == placement), None)
    if person is None:
        raise Http404
    form = _form(request, person, special)
    if request.method == "POST" and form.is_valid():
        who = acting_today(request)
        if attempt(form, lambda: services.find_special(special, form.new, **who)):
            messages.success(request, _("已保存评语。"))
            return redirect("assessments:special_detail", pk)
    context = {"form": form, "placement": person, "year": on.year, "special": special}
    return render(request, "assessments/special_write.html", context)


def _form(request: SignedInRequest, person: Placement, special: SpecialAssessment) -> FindingForm:
    on = timezone.localdate()
    return FindingForm(
        request.POST or None,
        placement=person,
        year=on.year,
        sides=[Side.DEPARTMENT],
        available=citable(request.user, person, on.year, on),
        initial={"signed_on": on, "theme": "results", "signer": special.assessors.split("、")[0]},
    )


@require_POST
def special_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Something stands about everybody."""
    special = _found(request, pk)
    if attempt_button(request, lambda: services.close_special(special, **acting_today(request))):
        messages.success(request, _("专项考核已结束。"))
    return redirect("assessments:special_detail", pk)


@require_POST
def special_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was closed too early."""
    special = _found(request, pk)
    services.reopen_special(special, **acting(request))
    messages.success(request, _("已恢复办理。"))
    return redirect("assessments:special_detail", pk)


def _found(request: SignedInRequest, pk: int) -> SpecialAssessment:
    return get_object_or_404(specials_visible_to(request.user), pk=pk)
