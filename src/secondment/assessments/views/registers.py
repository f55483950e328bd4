"""Pages of the years: list, register, opening, places."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.assessments import services
from secondment.assessments.forms import BasisForm, ReasonForm, RegisterForm
from secondment.assessments.lists import REGISTERS, evaluations_for
from secondment.assessments.models import Register
from secondment.assessments.queries import (
    of_unknown_category,
    pools_visible_to,
    quota_list,
    register_figures,
    registers_visible_to,
    visible_to,
    with_names,
    with_stage,
)
from secondment.assessments.rules import (
    may_hand_in,
    may_manage,
    may_open,
    reads_inside,
    require_may_manage,
    require_may_open,
)
from secondment.assessments.views.found import found_register
from secondment.common.attempts import attempt
from secondment.common.errors import require


def register_list(request: SignedInRequest) -> HttpResponse:
    """Every year the reader has a part in."""
    rows = register_figures(registers_visible_to(request.user))
    context = {"may_open": may_open(request.user), "may_hand_in": may_hand_in(request.user)}
    return REGISTERS.respond(request, rows, "assessments/register_list.html", context)


def register_open(request: SignedInRequest) -> HttpResponse:
    """Open a year."""
    require_may_open(request.user)
    form = RegisterForm(request.POST or None, user=request.user, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.open_register(**form.cleaned_data, **acting_today(request)))
        if made is not None:
            n = made.evaluations.count()
            words = ngettext(
                "已开展年度考核，列入 %(n)d 人，派出单位和接收单位将收到消息。",
                "已开展年度考核，列入 %(n)d 人，派出单位和接收单位将收到消息。",
                n,
            )
            messages.success(request, words % {"n": n})
            return redirect("assessments:register_detail", made.pk)
    return render(request, "assessments/register_open.html", {"form": form})


def register_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The register of one year, as far as the reader sees its people."""
    register = found_register(request, pk)
    is_inside = reads_inside(request.user, register)
    rows = with_names(visible_to(request.user).filter(register=register))
    context = {
        "register": register,
        "is_inside": is_inside,
        "may_manage": may_manage(request.user, register),
        "may_withdraw": services.may_be_withdrawn(register),
        "may_hand_in": may_hand_in(request.user),
        "query": request.GET.urlencode(),
        "decisions": _decisions(register) if is_inside else [],
    }
    return evaluations_for(request.user, register).respond(
        request,
        with_stage(rows, is_inside=is_inside),
        "assessments/register_detail.html",
        context,
        on_export=exporting(request, "assessment.export", register),
    )


@require_POST
def register_refresh(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take in who is missing, and the facts of today."""
    register = found_register(request, pk)
    n_added, n_changed = services.refresh_register(register, **acting(request))
    messages.success(
        request,
        _("新列入 %(added)d 人，更新 %(changed)d 人的事实。") % {"added": n_added, "changed": n_changed},
    )
    return redirect("assessments:register_detail", pk)


def register_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a year opened by mistake."""
    register = found_register(request, pk)
    require_may_manage(request.user, register)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: _withdraw(request, register, form))
        if done:
            messages.success(request, _("已撤销名册。"))
            return redirect("assessments:register_list")
    context = {"form": form, "register": register, "title": _("撤销名册"), "submit": _("撤销")}
    return render(request, "assessments/register_withdraw.html", context)


def pool_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who may be 优秀: places and how many are proposed or decided, pool by pool."""
    register = found_register(request, pk)
    require(reads_inside(request.user, register))
    context = {
        "register": register,
        "places": quota_list(register),
        "unknown": of_unknown_category(register),
        "may_manage": may_manage(request.user, register),
    }
    return render(request, "assessments/pool_list.html", context)


def pool_basis(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which share holds for a pool."""
    pool = get_object_or_404(pools_visible_to(request.user), pk=pk)
    require_may_manage(request.user, pool.register)
    form = BasisForm(request.POST or None, pool=pool)
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, lambda: services.set_basis(pool, *form.answer(), **acting(request)))
        if saved is not None:
            messages.success(request, _("比例依据已登记。"))
            return redirect("assessments:pool_list", pool.register_id)
    return render(
        request, "assessments/pool_basis.html", {"form": form, "pool": pool, "register": pool.register}
    )


def _withdraw(request: SignedInRequest, register: Register, form: ReasonForm) -> bool:
    services.withdraw_register(register, reason=form.cleaned_data["reason"], **acting(request))
    return True


def _decisions(register: Register) -> object:
    return register.decisions.order_by("-pk")
