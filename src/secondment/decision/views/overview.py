"""Campaigns on their way to a decision, and where one of them stands."""

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.campaigns.rules import may_manage
from secondment.common.attempts import attempt
from secondment.decision import forms, services, view_models
from secondment.decision.lists import CAMPAIGNS, CONSULTATIONS
from secondment.decision.queries import (
    AFTER,
    campaigns_visible_to,
    chosen_proposal,
    consultations_with_figures,
    in_force,
    taken_back,
)
from secondment.decision.rules import actions_for, takes_replies
from secondment.decision.views.finding import campaign_to_decide, overview_for, step_page
from secondment.matching.intervention_lines import intervention_lines, principle_text


def decision_list(request: SignedInRequest) -> HttpResponse:
    """Campaigns on their way to a decision."""
    number = in_force().filter(campaign=OuterRef("pk")).values("number")
    rows = campaigns_visible_to(request.user).annotate(decision_number=Subquery(number))
    return CAMPAIGNS.respond(request, rows, "decision/decision_list.html")


def decision_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The state of the campaign between matching and dispatch, and what is missing."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    proposal = chosen_proposal(campaign)
    found = overview_for(request, campaign, proposal) if proposal else None
    context: dict[str, Any] = {
        "campaign": campaign,
        "overview": found,
        "interventions": intervention_lines(proposal) if proposal else [],
        "principle": principle_text(proposal) if proposal else "",
        "actions": actions_for(request.user, campaign),
        "may_correct": may_manage(request.user, campaign),
        "taken_back": list(taken_back(campaign)),
        "may_remind": may_manage(request.user, campaign) and takes_replies(campaign),
        "later_steps": view_models.later_steps(campaign, timezone.localdate()),
        "decision_facts": view_models.decision_facts(found.decision) if found and found.decision else [],
    }
    if proposal is None:
        context |= {
            "is_decided": campaign.state in AFTER,
            "campaign_key": str(campaign.pk),
            "n_recorded": campaign.placements.count(),
        }
        return render(request, "decision/decision_detail.html", context)
    rows = consultations_with_figures(proposal, on=timezone.localdate())
    return CONSULTATIONS.respond(
        request,
        rows,
        "decision/decision_detail.html",
        context,
        on_export=exporting(request, "consultation.export", campaign),
    )


def review_resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to matching."""
    campaign, proposal = campaign_to_decide(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: services.resume_review(proposal, **form.cleaned_data, **acting_today(request))
        )
        if done is not None:
            messages.success(request, _("已退回匹配。调整并采用方案后，重新征求意见。"))
            return redirect("decision:decision_detail", pk)
    note = _("退回后须重新征求意见和公示，已有的答复保留在记录中。")
    return step_page(request, campaign, form, _("退回匹配"), note, _("退回"), _("组织部门"))
