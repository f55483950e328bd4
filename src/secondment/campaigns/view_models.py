"""What the pages of a campaign share, and what its first page shows to each party."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.next_steps import next_step
from secondment.campaigns.queries import (
    campaigns_with_figures,
    live_nominations,
    nominee_counts,
    posts_visible_to,
    preferences_open_to,
    quotas_visible_to,
    quotas_with_figures,
)
from secondment.campaigns.rules import may_edit, may_manage, may_nominate_for, may_read_all
from secondment.campaigns.steps import blockers_of
from secondment.common.components import Fact, Tab

AFTER_DECISION = (CampaignState.DECIDED, CampaignState.DISPATCHED, CampaignState.CANCELLED)
MOST_NAMED = 12


def overview_of(user: User, campaign: Campaign, on: dt.date) -> dict[str, Any]:
    """Facts for everyone; figures and what blocks the steps for those who read all; own parts for the other parties."""
    context: dict[str, Any] = {"facts": facts_of(campaign)}
    if may_read_all(user, campaign):
        return context | _whole(user, campaign) | {"blockers": blockers_of(user, campaign, on)}
    return context | _own_parts(user, campaign)


def facts_of(campaign: Campaign) -> list[Fact]:
    """What the campaign is."""
    version = campaign.programme_version
    window = f"{campaign.nominations_from} — {campaign.nominations_until}"
    return [
        Fact(
            _("挂职项目"),
            _("%(programme)s（第 %(n)d 版）") % {"programme": version.programme.name, "n": version.number},
        ),
        Fact(_("主办"), campaign.owner_unit.name),
        Fact(_("目的"), campaign.get_purpose_display()),
        Fact(_("选派计划文号"), campaign.plan_number),
        Fact(_("推荐时间"), window),
        Fact(
            _("挂职时间"),
            _("%(start)s 至 %(last)s") % {"start": campaign.starts_on, "last": campaign.last_day},
        ),
        Fact(_("交接重叠天数"), campaign.handover_days),
        *([Fact(_("目的说明"), campaign.purpose_text, is_wide=True)] if campaign.purpose_text else []),
    ]


def campaign_figures(campaign: Campaign) -> dict[str, int]:
    """Annotations of `campaigns_with_figures` by name."""
    names = ("n_places", "n_asked", "n_nominated", "n_answered")
    return {name: getattr(campaign, name) for name in names}


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
    """The user's own parts of a campaign; those who read everything go by the bar of steps."""
    if may_read_all(user, campaign):
        return []
    labels = {
        "campaign_detail": _("概况"),
        "offer_list": pgettext("list", "岗位"),
        "nomination_list": _("推荐人选"),
    }
    shown = ["campaign_detail", *[name for name in ("offer_list", "nomination_list") if name == current]]
    return [
        Tab(labels[name], reverse(f"campaigns:{name}", args=[campaign.pk]), is_current=name == current)
        for name in shown
    ]


def _whole(user: User, campaign: Campaign) -> dict[str, Any]:
    waiting = quotas_with_figures(quotas_visible_to(user, campaign)).filter(n_missing__gt=0)
    unanswered = live_nominations(campaign).filter(answered_on=None).select_related("person", "home_unit")
    figures, counts = campaign_figures(campaign), nominee_counts(campaign)
    step = next_step(
        campaign,
        n_places=figures["n_places"],
        n_asked=figures["n_asked"],
        n_stale=counts["n_stale"],
        is_all_blocked=0 < figures["n_nominated"] == counts["n_blocked"],
    )
    return {
        "reads_all": True,
        "figures": figures,
        "next_step": step if may_manage(user, campaign) else None,
        "is_before_decision": campaign.state not in AFTER_DECISION,
        **counts,
        "waiting": list(waiting[:MOST_NAMED]),
        "n_waiting": waiting.count(),
        "unanswered": list(unanswered[:MOST_NAMED]),
        "n_unanswered": figures["n_nominated"] - figures["n_answered"],
        "nominations_url": reverse("campaigns:nomination_list", args=[campaign.pk]),
    }


def _own_parts(user: User, campaign: Campaign) -> dict[str, Any]:
    quotas = list(quotas_with_figures(quotas_visible_to(user, campaign)))
    own = preferences_open_to(user).filter(campaign=campaign, person__account=user)
    posts = posts_visible_to(user, campaign) if has_role(user, Role.HOST_UNIT) else []
    return {
        "reads_all": False,
        "quotas": quotas,
        "may_nominate": any(may_nominate_for(user, campaign, one.home_unit.path) for one in quotas),
        "own_nomination": own.first(),
        "own_posts": posts,
    }
