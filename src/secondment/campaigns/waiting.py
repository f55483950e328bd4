"""Campaigns whose owner has the next move, as lines of the to-do list."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.campaigns.choices import CAMPAIGN_STATUS, FINISHED, CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.next_steps import next_step
from secondment.campaigns.queries import campaigns_with_figures
from secondment.obligations.waiting import Waiting, waiting_source


@waiting_source
def campaigns_to_move(user: User, on: dt.date) -> list[Waiting]:
    """Running campaigns of the organisation department that wait for no other party; the first to begin first."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    if not paths:
        return []
    is_waiting = ~Q(state=CampaignState.OPEN) | Q(nominations_until__lt=on)
    rows = campaigns_with_figures(user).filter(under("owner_unit__path", paths), is_waiting)
    return [_line(one) for one in rows.exclude(state__in=FINISHED).order_by("starts_on", "pk")]


def _line(campaign: Campaign) -> Waiting:
    return Waiting(
        title=_("%(step)s：%(campaign)s") % {"step": _label(campaign), "campaign": campaign.name},
        path=reverse("campaigns:campaign_detail", args=[campaign.pk]),
        unit=campaign.owner_unit.name,
        basis=_("%(day)s 开始挂职") % {"day": campaign.starts_on},
        state=campaign.get_state_display(),
        status=CAMPAIGN_STATUS[CampaignState(campaign.state)],
    )


def _label(campaign: Campaign) -> object:
    figures = vars(campaign)  # the annotations of `campaigns_with_figures`
    step = next_step(campaign, n_places=figures["n_places"], n_asked=figures["n_asked"])
    if step:
        return step.label
    return _("开始征集推荐") if campaign.state == CampaignState.DRAFT else _("结束推荐并审查")
