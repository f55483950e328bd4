"""Whom the hosts have chosen: several for one person, and what that means for the plan."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, exporting
from secondment.matching.host_choices import HOST_CHOICES, chosen_people, conflicts_of
from secondment.matching.queries import campaigns_visible_to
from secondment.matching.services.runs import reference_of
from secondment.matching.weights import weights_of


@require_GET
def host_choice_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody whom a host chose, those of several hosts first."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    plan = reference_of(campaign)
    context = {
        "campaign": campaign,
        "plan": plan,
        "conflicts": conflicts_of(campaign),
        "weight": weights_of(campaign)["host_preference"],
    }
    return HOST_CHOICES.respond(
        request,
        chosen_people(campaign, plan),
        "matching/host_choice_list.html",
        context,
        on_export=exporting(request, "host_choices.export", campaign),
    )
