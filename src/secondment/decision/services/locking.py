"""Lock the campaign of a chosen proposal, or a decision in force."""

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.common.versions import lock_version
from secondment.decision.errors import DecisionWithdrawnError, NoProposalError
from secondment.decision.models import Decision
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


def locked_decision(decision: Decision) -> Decision:
    """The decision as it is now, locked after its campaign; one that was taken back is closed."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("proposal", "campaign__owner_unit")
    row = rows.get(pk=decision.pk)
    if row.withdrawn_on is not None:
        raise DecisionWithdrawnError(
            _("该决定已于%(day)s撤回。请刷新页面查看最新状态。") % {"day": row.withdrawn_on}
        )
    return row
