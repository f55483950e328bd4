"""What was done to a proposal by hand, and the plan as it was before."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest
from secondment.matching.intervention_lines import intervention_lines, principle_text
from secondment.matching.versions import version_of
from secondment.matching.views.proposals import find_proposal, frame_of


@require_GET
def intervention_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every decision by hand, in order, with its cost and reason; each can be taken back."""
    proposal = find_proposal(request, pk)
    context = {
        **frame_of(request, proposal, "intervention_list"),
        "interventions": intervention_lines(proposal),
        "principle": principle_text(proposal),
    }
    return render(request, "matching/intervention_list.html", context)


@require_GET
def proposal_version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """The plan as it was after so many interventions, and what differs from the present one; nothing can be changed."""
    proposal = find_proposal(request, pk)
    version = version_of(proposal, number)
    if version is None:
        raise Http404
    context = {**frame_of(request, proposal, "intervention_list"), "version": version}
    return render(request, "matching/proposal_version.html", context)
