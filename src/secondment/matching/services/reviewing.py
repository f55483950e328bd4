"""Runs, proposals and side rules are worked on while the campaign is under review."""

from django.utils.translation import gettext as _

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.models import Campaign
from secondment.matching.errors import NotInReviewError


def lock_reviewed(campaign: Campaign) -> Campaign:
    """The current campaign, locked; refused if it is not under review, whatever a page has read before."""
    campaign = locked_campaign(campaign)
    if campaign.state != CampaignState.REVIEW:
        raise NotInReviewError(
            _("批次现处于“%(state)s”阶段，只有在“审查匹配”阶段才能计算和调整方案。请先结束推荐或退回审查。")
            % {"state": campaign.get_state_display()}
        )
    return campaign
