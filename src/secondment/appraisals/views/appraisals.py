"""The list of appraisals, and one of them: where it stands and what it needs next."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.appraisals import services
from secondment.appraisals.blockers import blockers_of_freeze, blockers_of_opening
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.forms import AskForm, ChangeAppraisalForm, NewAppraisalForm, VoidForm
from secondment.appraisals.lists import STATUS, paper_list
from secondment.appraisals.lists import appraisal_list as listing_of
from secondment.appraisals.models import Appraisal
from secondment.appraisals.queries import (
    departments_of,
    for_list,
    papers_asked_of,
    visible_to,
    with_counts,
)
from secondment.appraisals.rules import DEPARTMENT, READERS, may_create, may_manage, reads_all
from secondment.appraisals.states import BY_TWO, DATES_OPEN, may_move
from secondment.appraisals.view_models import facts_of, measured, steps_of, tabs_of
from secondment.appraisals.views.found import found, managed
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require

# the step of the vote that comes next, which is taken on its page
LED_ON = {AppraisalState.FROZEN: gettext_lazy("开始投票"), AppraisalState.OPEN: gettext_lazy("投票和封存")}


def appraisal_list(request: SignedInRequest) -> HttpResponse:
    """Those of one's department, and those for which one's unit is asked for a list."""
    require(has_role(request.user, *READERS))
    return listing_of(sees_all=has_role(request.user, DEPARTMENT, Role.LEADER)).respond(
        request,
        for_list(visible_to(request.user)),
        "appraisals/appraisal_list.html",
        {"may_create": may_create(request.user)},
        on_export=exporting(request, "appraisal.export", request.user),
    )


def appraisal_new(request: SignedInRequest) -> HttpResponse:
    """Begin one; candidates are chosen on the page that follows."""
    require(may_create(request.user), _("民主测评由组织部门开展。"))
    form = NewAppraisalForm(request.POST or None, units=departments_of(request.user), on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        made = attempt(form, lambda: services.create_appraisal(unit, form.new, **acting_today(request)))
        if made is not None:
            messages.success(request, _("已建立。请选择测评对象。"))
            return redirect("appraisals:candidates_choose", made.pk)
    return render(request, "appraisals/appraisal_new.html", {"form": form})


def appraisal_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where it stands; for a unit, the lists it is asked for."""
    return shown(request, found(request, pk))


def shown(
    request: SignedInRequest,
    appraisal: Appraisal,
    *,
    ask: AskForm | None = None,
    void: VoidForm | None = None,
) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    sees_all = reads_all(request.user, appraisal)
    context: dict[str, Any] = {
        "appraisal": appraisal,
        "status": STATUS[appraisal.state],
        "steps": steps_of(appraisal),
        "facts": facts_of(appraisal, sees_all=sees_all),
        "tabs": tabs_of(request.user, appraisal, "detail"),
        "sees_all": sees_all,
        "manages": may_manage(request.user, appraisal),
    }
    if context["manages"]:
        context |= _of_department(request, appraisal, ask, void)
    if sees_all:
        return render(request, "appraisals/appraisal_detail.html", context)
    papers = papers_asked_of(request.user).filter(appraisal=appraisal)
    rows = with_counts(papers.select_related("unit__parent", "appraisal"))
    return paper_list(None).respond(request, rows, "appraisals/appraisal_unit.html", context)


def appraisal_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what was typed."""
    appraisal = managed(request, pk)
    form = ChangeAppraisalForm(request.POST or None, initial=ChangeAppraisalForm.initial_of(appraisal))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        done = attempt(
            form,
            lambda: services.change_appraisal(appraisal, form.new, version=version, **acting_today(request)),
        )
        if done is not None:
            messages.success(request, _("已保存。"))
            return redirect("appraisals:appraisal_detail", pk)
    return render(request, "appraisals/appraisal_change.html", {"form": form, "appraisal": appraisal})


@require_POST
def rosters_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the units for their lists."""
    appraisal = managed(request, pk)
    form = AskForm(request.POST, auto_id="id_ask_%s")
    if form.is_valid():
        until = form.cleaned_data["until"]
        n = attempt(form, lambda: services.ask_for_rosters(appraisal, until=until, **acting_today(request)))
        if n is not None:
            words = ngettext(
                "已要求报送 %(n)d 份名单，有账号的单位在待办中看到。",
                "已要求报送 %(n)d 份名单，有账号的单位在待办中看到。",
                n,
            )
            messages.success(request, words % {"n": n} if n else _("期限已更新，没有新的名单须要求报送。"))
            return redirect("appraisals:appraisal_detail", pk)
    return shown(request, appraisal, ask=form)


@require_POST
def appraisal_void(request: SignedInRequest, pk: int) -> HttpResponse:
    """It counts for nothing."""
    appraisal = managed(request, pk)
    form = VoidForm(request.POST, auto_id="id_void_%s")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        is_by_two = appraisal.state in BY_TWO
        done = attempt(
            form,
            lambda: (
                services.ask_void(appraisal, reason=reason, **acting_today(request))
                if is_by_two
                else services.void_appraisal(appraisal, reason=reason, **acting(request))
            ),
        )
        if done is not None:
            asked, voided = _("已申请作废，请另一人在本页确认。"), _("已作废。测评对象可以另行测评。")
            messages.success(request, asked if is_by_two else voided)
            return redirect("appraisals:appraisal_detail", pk)
    return shown(request, appraisal, void=form)


@require_POST
def void_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second of two persons."""
    appraisal = managed(request, pk)
    if attempt_button(request, lambda: services.confirm_void(appraisal, **acting(request))):
        messages.success(request, _("已作废。测评对象可以另行测评。"))
    return redirect("appraisals:appraisal_detail", pk)


@require_POST
def void_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not voided."""
    appraisal = managed(request, pk)
    if attempt_button(request, lambda: services.decline_void(appraisal, **acting(request))):
        messages.success(request, _("作废申请已退回，测评照常进行。"))
    return redirect("appraisals:appraisal_detail", pk)


def _of_department(
    request: SignedInRequest, appraisal: Appraisal, ask: AskForm | None, void: VoidForm | None
) -> dict[str, Any]:
    is_draft, is_frozen = (appraisal.state == one for one in (AppraisalState.DRAFT, AppraisalState.FROZEN))
    blockers = blockers_of_freeze(appraisal, request.user) if is_draft else []
    until = {"until": appraisal.rosters_by or max(appraisal.held_on, timezone.localdate())}
    return {
        "is_draft": is_draft,
        "blockers": blockers_of_opening(appraisal, timezone.localdate()) if is_frozen else blockers,
        "may_change": appraisal.state in DATES_OPEN,
        "led_on": LED_ON.get(AppraisalState(appraisal.state)),
        "measured": measured(request.user, appraisal),
        "ask_form": ask or AskForm(auto_id="id_ask_%s", initial=until),
        "n_missing": appraisal.papers.filter(handed_in_on=None, asked_on__isnull=False).count(),
        "may_void": may_move(appraisal.state, "void")
        and (appraisal.state != AppraisalState.CLOSED or services.is_without_turnout(appraisal)),
        "void_form": void or VoidForm(auto_id="id_void_%s"),
        "is_void_by_two": appraisal.state in BY_TWO,
        "may_confirm_void": appraisal.void_asked_by_id not in (None, request.user.pk),
    }
