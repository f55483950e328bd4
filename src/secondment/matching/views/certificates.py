"""The proof of a proposal as a file."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.matching.certificates import certificate_archive, has_certificate
from secondment.matching.views.proposals import find_proposal


@require_GET
def proposal_certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """What proves that no better plan exists, or the bound that is known; with the names of its numbers."""
    proposal = find_proposal(request, pk)
    if not has_certificate(proposal):
        raise Http404
    record_export("proposal.certificate", proposal, **acting(request))
    name = _("最优性证明 %(campaign)s %(proposal)s") % {
        "campaign": proposal.run.campaign,
        "proposal": proposal,
    }
    return download(certificate_archive(proposal), f"{name}.zip")
