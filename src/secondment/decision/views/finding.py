"""The campaign, plan and posting that a page is about, and the page of one step."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage, rules_kept_from
from secondment.campaigns.services.eligibility import note_told_lapses
from secondment.campaigns.steps import StepKey
from secondment.decision import view_models
from secondment.decision.models import PublicNotification
from secondment.decision.queries import (
    campaigns_visible_to,
    chosen_proposal,
)
from secondment.decision.rules import require_owner
from secondment.matching.models import Proposal


def overview_for(request: SignedInRequest, campaign: Campaign, proposal: Proposal) -> view_models.Overview:
    """Where things stand, as this reader is told; a fact of a finding among it is a look at the findings."""
    kept = rules_kept_from(request.user, campaign)
    is_led = may_manage(request.user, campaign)
    found = view_models.overview(proposal, kept=kept, on=timezone.localdate(), is_led=is_led)
    note_told_lapses(campaign, found.obstacles, **acting(request))
    return found


def campaign_to_decide(request: SignedInRequest, pk: int) -> tuple[Campaign, Proposal]:
    """A campaign the user decides, and its chosen proposal; without one there is nothing to do here."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_owner(request.user, campaign)
    proposal = chosen_proposal(campaign)
    if proposal is None:
        raise Http404
    return campaign, proposal


def last_posting(request: SignedInRequest, proposal: Proposal) -> PublicNotification:
    """What is posted; for a form sent while a colleague withdrew it that one, so that the refusal keeps the text typed."""
    last = proposal.public_notifications.order_by("-pk").first()
    if last is None or (request.method != "POST" and last.withdrawn_on):
        raise Http404
    return last


def step_page(
    request: SignedInRequest,
    campaign: Campaign,
    form: Any,
    title: str,
    note: str,
    action: str,
    reader: str,
    step: StepKey = StepKey.DECISION,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        **(more or {}),
        "step": step,
        "campaign": campaign,
        "form": form,
        "title": title,
        "note": note,
        "action": action,
        "reader": reader,
    }
    return render(request, "decision/step_form.html", context)
