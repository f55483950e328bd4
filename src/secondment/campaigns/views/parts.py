"""What the pages of one campaign share."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.accounts.http import SignedInRequest
from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.campaigns.queries import campaigns_with_figures
from secondment.campaigns.rules import may_edit, may_manage, may_read_all
from secondment.common.components import Tab


def visible_campaign(request: SignedInRequest, pk: int) -> Campaign:
    """The campaign with its figures, or 404 for a stranger."""
    return get_object_or_404(campaigns_with_figures(request.user), pk=pk)


def campaign_context(user: User, campaign: Campaign, current: str) -> dict[str, Any]:
    """The campaign, its tabs and what the user may do."""
    return {
        "campaign": campaign,
        "tabs": campaign_tabs(user, campaign, current),
        "may_edit": may_edit(user, campaign),
        "may_manage": may_manage(user, campaign),
    }


def campaign_tabs(user: User, campaign: Campaign, current: str) -> list[Tab]:
    """Views of a campaign: all for those who read everything, else the user's own parts."""
    labels = {
        "campaign_detail": _("概况"),
        "offer_list": pgettext("list", "岗位"),
        "quota_list": _("名额"),
        "nomination_list": _("推荐人选"),
        "finding_list": _("资格审查"),
    }
    shown = list(labels)
    if not may_read_all(user, campaign):
        shown = ["campaign_detail", *[name for name in ("offer_list", "nomination_list") if name == current]]
    return [
        Tab(labels[name], reverse(f"campaigns:{name}", args=[campaign.pk]), is_current=name == current)
        for name in shown
    ]
