"""The last steps of a campaign: notices issued, people in post."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage
from secondment.campaigns.steps import Blocker, OwnStep, StepKey, register_step
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

AFTER_DECISION = (CampaignState.DECIDED, CampaignState.DISPATCHED)


def _list(campaign: Campaign) -> str:
    return f"{reverse('placements:placement_list')}?campaign={campaign.pk}"


def _notices(user: User, campaign: Campaign) -> str:
    if campaign.state not in AFTER_DECISION:
        return ""
    is_owner = may_manage(user, campaign)
    return reverse("placements:notices_issue", args=[campaign.pk]) if is_owner else _list(campaign)


def _arrivals(_user: User, campaign: Campaign) -> str:
    return _list(campaign) if campaign.state in AFTER_DECISION else ""


def _waiting(campaign: Campaign, state: PlacementState) -> int:
    return Placement.objects.filter(campaign=campaign, state=state).count()


def _is_issued(campaign: Campaign, _on: dt.date) -> bool:
    return campaign.state == CampaignState.DISPATCHED


def _has_arrived(campaign: Campaign, on: dt.date) -> bool:
    return _is_issued(campaign, on) and not _waiting(campaign, PlacementState.APPOINTED)


def _unissued(campaign: Campaign, _on: dt.date) -> Iterator[Blocker]:
    if campaign.state == CampaignState.DECIDED and (n := _waiting(campaign, PlacementState.DECIDED)):
        url = reverse("placements:notices_issue", args=[campaign.pk])
        yield Blocker(_("%(n)d 人的挂职通知尚未印发。") % {"n": n}, _("印发挂职通知"), url)


def _absent(campaign: Campaign, _on: dt.date) -> Iterator[Blocker]:
    if campaign.state in AFTER_DECISION and (n := _waiting(campaign, PlacementState.APPOINTED)):
        url = f"{reverse('placements:arrivals_record')}?campaign={campaign.pk}"
        yield Blocker(_("%(n)d 人尚未报到。") % {"n": n}, _("登记报到"), url)


register_step(StepKey.NOTICES, OwnStep(_notices, _is_issued, _unissued))
register_step(StepKey.ARRIVAL, OwnStep(_arrivals, _has_arrived, _absent))
