"""Lock a campaign and move it one step on."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.states import TRANSITIONS
from secondment.common.versions import lock_version
from secondment.decision.errors import NoProposalError, StepError
from secondment.decision.rules import may_decide, require
from secondment.matching.models import Proposal


def locked_campaign(proposal: Proposal, *, by: User) -> Campaign:
    """The proposal's campaign, locked; the user must own it and the proposal must be the chosen one."""
    campaign = lock_version(proposal.run.campaign, version=None)
    require(may_decide(by, campaign), _("只有主办批次的组织部门可以办理。"))
    if not Proposal.objects.filter(pk=proposal.pk, is_chosen=True).exists():
        raise NoProposalError(_("本批次已改用其他方案。请刷新页面，按当前采用的方案办理。"))
    proposal.run.campaign = (
        campaign  # whatever is asked of the proposal from here on is asked of the locked row
    )
    return campaign


def check_state(campaign: Campaign, *states: CampaignState) -> None:
    """Refuse unless the campaign stands in one of these states."""
    if campaign.state not in states:
        raise StepError(
            _("批次当前为“%(state)s”，不能办理此项。请刷新页面查看最新状态。")
            % {"state": campaign.get_state_display()}
        )


def move_campaign(
    campaign: Campaign, action: str, *, by: User, at: dt.datetime, details: dict[str, Any] | None = None
) -> None:
    """Move the locked campaign as the table of transitions allows and record it."""
    sources, target = TRANSITIONS[action]
    check_state(campaign, *sources)
    campaign.state = target
    campaign.save(update_fields=["state"])  # a new version would make every eligibility check look outdated
    record(f"campaign.{action}", campaign, by=by, at=at, unit_path=campaign.owner_unit.path, details=details)
