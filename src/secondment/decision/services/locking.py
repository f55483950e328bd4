"""Lock the campaign of a chosen proposal."""

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.common.versions import lock_version
from secondment.decision.errors import NoProposalError
from secondment.decision.rules import require_owner
from secondment.matching.models import Proposal


def locked_campaign(proposal: Proposal, *, by: User) -> Campaign:
    """The proposal's campaign, locked; the user must own it and the proposal must be the chosen one."""
    campaign = lock_version(proposal.run.campaign, version=None)
    require_owner(by, campaign)
    if not Proposal.objects.filter(pk=proposal.pk, is_chosen=True).exists():
        raise NoProposalError(_("本批次已改用其他方案。请刷新页面，按当前采用的方案办理。"))
    proposal.run.campaign = (
        campaign  # whatever is asked of the proposal from here on is asked of the locked row
    )
    return campaign
