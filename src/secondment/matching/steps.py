"""Matching as a step of a campaign: done when a proposal has been chosen."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.choices import FROM_REVIEW, CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.steps import Blocker, OwnStep, StepKey, register_step
from secondment.matching.models import Proposal


def _page(_user: User, campaign: Campaign) -> str:
    is_reached = campaign.state in FROM_REVIEW
    return reverse("matching:campaign_detail", args=[campaign.pk]) if is_reached else ""


def _is_done(campaign: Campaign, _on: dt.date) -> bool:
    if campaign.state != CampaignState.REVIEW:
        return campaign.state in FROM_REVIEW
    return Proposal.objects.filter(run__campaign=campaign, is_chosen=True).exists()


def _blockers(campaign: Campaign, on: dt.date) -> Iterator[Blocker]:
    if campaign.state == CampaignState.REVIEW and not _is_done(campaign, on):
        url = reverse("matching:campaign_detail", args=[campaign.pk])
        yield Blocker(_("尚未采用匹配方案：设定权重、计算，再采用一个方案。"), _("前往匹配"), url)


register_step(StepKey.MATCHING, OwnStep(_page, _is_done, _blockers))
