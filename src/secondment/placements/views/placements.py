"""Pages of placements: list, detail, notices, arrival, the secondee's own page."""

import datetime as dt
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.components import Tab
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.papers import slots_for
from secondment.obligations.queries import open_about
from secondment.people.queries import emergency_open_to, person_of
from secondment.people.rules import may_export_form
from secondment.placements import services, view_models
from secondment.placements.choices import OVERDUE, OVERDUE_LABEL, UNDER_WAY, PlacementState
from secondment.placements.exports import notices_archive
from secondment.placements.forms import ArrivalForm, CancelForm, TermForm, formality_form
from secondment.placements.lists import placements_for
from secondment.placements.panels import panels_of
from secondment.placements.papers import forms_of
from secondment.placements.queries import (
    ending_between,
    for_list,
    on_the_way,
    own_placements,
    visible_to,
)
from secondment.placements.rules import (
    actions_for,
    formalities_of,
    may_record_arrivals,
    may_record_placements,
    require_may_cancel,
    require_may_record_arrival,
    require_may_set_term,
)
from secondment.placements.services.endings import others_under_way
from secondment.placements.sheets import has_receipt
from secondment.placements.views.finding import found, found_campaign

SOON = dt.timedelta(days=60)
A_MONTH = dt.timedelta(days=30)


def placement_list(request: SignedInRequest) -> HttpResponse:
    """Everyone the reader has a part in."""
    on = timezone.localdate()
    rows = visible_to(request.user)
    table = placements_for(request.user)
    if request.GET.get("ending") == "soon":
        rows = ending_between(rows, on, on + SOON)
        text = _("挂职期满前 60 天，名单在此显示，以便安排考核和去向。")
        table = replace(table, empty_title=_("60 日内没有期满的干部"), empty_text=text)
    context = {
        "tabs": _list_tabs(request),
        "may_record": may_record_placements(request.user),
        "n_on_the_way": on_the_way(request.user).count() if may_record_arrivals(request.user) else 0,
        "query": request.GET.urlencode(),
    }
    return table.respond(
        request,
        for_list(rows, on),
        "placements/placement_list.html",
        context,
        on_export=exporting(request, "placements.export", request.user),
    )


def placement_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One placement from decision to end."""
    placement, on = found(request, pk), timezone.localdate()
    context = {
        "placement": placement,
        "owed_about": open_about(placement.campaign) if placement.campaign else (),
        "steps": view_models.steps_of(placement),
        "facts": view_models.main_facts(request.user, placement),
        "home_facts": [
            *view_models.home_facts(placement),
            *view_models.end_plan_facts(request.user, placement),
        ],
        "changes": view_models.change_facts(placement),
        "panels": panels_of(request.user, placement),
        "host_facts": view_models.host_facts(placement),
        "formalities": view_models.formality_facts(placement),
        "timeline": view_models.timeline_of(placement),
        "actions": actions_for(request.user, placement),
        "slots": slots_for(request.user, forms_of(request.user, placement)),
        "has_receipt": has_receipt(placement),
        "fills_appointment": may_export_form(request.user, placement.person),
        "opens_emergency": placement.state in UNDER_WAY
        and emergency_open_to(request.user).filter(pk=placement.person_id).exists(),
        "days_left": view_models.days_left(placement, on),
        "is_overdue": placement.stage(on) == OVERDUE,
        "is_last_day": on >= placement.last_day,
        "is_to_be_planned": on >= placement.last_day - SOON,
        "is_nearly_over": on >= placement.last_day - A_MONTH,
        "is_out_again": others_under_way(placement).exists(),
    }
    return render(request, "placements/placement_detail.html", context)


def my_placement(request: SignedInRequest) -> HttpResponse:
    """Where I go, when, and whom to ask."""
    placements = [
        (one, view_models.own_facts(one), actions_for(request.user, one), panels_of(request.user, one))
        for one in own_placements(request.user)
    ]
    context = {"placements": placements, "person": person_of(request.user)}
    return render(request, "placements/my_placement.html", context)


def notice_download(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Word file of the notice."""
    placement = found(request, pk)
    stored = placement.notice_file
    if stored is None:
        raise Http404
    record_export("placement.download_notice", placement, **acting(request))
    with stored.content.open("rb") as file:
        return download(file.read(), stored.name)


def notices_download(request: SignedInRequest, pk: int) -> HttpResponse:
    """All notices of a campaign that the reader sees, in one zip."""
    campaign = found_campaign(request, pk)
    rows = visible_to(request.user).filter(campaign=campaign, notice_file__isnull=False)
    placements = list(rows.select_related("notice_file").order_by("notice_number", "pk"))
    if not placements:
        raise Http404
    n = len(placements)
    record_export("campaign.download_notices", campaign, **acting(request), n=n)
    return download(notices_archive(placements), f"{campaign.name}挂职通知.zip")


def arrival_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt of arrival and the division of work."""
    placement = found(request, pk)
    require_may_record_arrival(request.user, placement)
    form = ArrivalForm(request.POST or None, instance=placement, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        saved = attempt(
            form,
            lambda: services.record_arrival(
                placement, form.arrival(), version=version, **acting_today(request)
            ),
        )
        if saved is not None:
            messages.success(request, _("报到回执已保存，派出单位和组织部门无需再收纸质回执。"))
            return redirect("placements:placement_detail", pk)
    return render(request, "placements/arrival_record.html", {"form": form, "placement": placement})


def formalities_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Party membership out, in and back, and the appointment by law: each party its own part."""
    placement = found(request, pk)
    names = formalities_of(request.user, placement)
    require(bool(names), _("组织关系由派出单位、接收单位和主办组织部门登记，法定任免由主办组织部门登记。"))
    form = formality_form(request.POST or None, placement, names)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        saved = attempt(
            form,
            lambda: services.record_formalities(placement, values, version=version, **acting_today(request)),
        )
        if saved is not None:
            messages.success(request, _("已登记，各方在本页可以看到。"))
            return redirect("placements:placement_detail", pk)
    return render(request, "placements/formalities_record.html", {"form": form, "placement": placement})


@require_POST
def report_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The secondee says that they have reported."""
    placement = found(request, pk)
    services.confirm_report(placement, **acting_today(request))
    messages.success(request, _("已确认报到，接收单位将收到消息。"))
    return redirect("placements:my_placement")


def term_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another first or last day than the campaign's, before the notice goes out."""
    placement = found(request, pk)
    require_may_set_term(request.user, placement)
    form = TermForm(request.POST or None, initial=TermForm.initial_of(placement))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        saved = attempt(form, lambda: services.set_term(placement, **form.term(), by=request.user, at=now))
        if saved is not None:
            messages.success(request, _("挂职期限已调整，挂职通知将按新的期限印发。"))
            return redirect("placements:placement_detail", pk)
    return render(request, "placements/term_set.html", {"form": form, "placement": placement})


def placement_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel before it has begun, for a reason."""
    placement = found(request, pk)
    require_may_cancel(request.user, placement)
    form = CancelForm(request.POST or None, initial={"version": placement.version})
    if request.method == "POST" and form.is_valid():
        services.cancel_placement(placement, **form.cleaned_data, **acting_today(request))
        messages.success(request, _("挂职已取消，派出单位、接收单位和本人将收到消息。"))
        return redirect("placements:placement_detail", pk)
    return render(request, "placements/placement_cancel.html", {"form": form, "placement": placement})


def _list_tabs(request: SignedInRequest) -> list[Tab]:
    """Quick ways into the list; the words are the states."""
    here = reverse("placements:placement_list")
    state, is_soon = request.GET.get("state", ""), request.GET.get("ending") == "soon"
    tabs = [Tab(_("全部"), here, is_current=not state and not is_soon)]
    tabs += [
        Tab(choice.label, f"{here}?state={choice}", is_current=state == choice)
        for choice in (PlacementState.DECIDED, PlacementState.APPOINTED, PlacementState.IN_POST)
    ]
    tabs.append(Tab(OVERDUE_LABEL, f"{here}?state={OVERDUE}", is_current=state == OVERDUE))
    return [*tabs, Tab(_("60 日内期满"), f"{here}?ending=soon", is_current=is_soon)]
