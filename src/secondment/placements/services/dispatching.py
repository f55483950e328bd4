"""A campaign has been dispatched when no placement awaits its notice any more."""

import datetime as dt

from secondment.accounts.models import User
from secondment.campaigns.choices import UNPUBLISHED, CampaignState, Outcome
from secondment.campaigns.models import Campaign
from secondment.campaigns.queries import live_nominations
from secondment.campaigns.services.outcomes import notify_outcomes, settle_outcomes
from secondment.campaigns.services.transitions import advance
from secondment.placements.choices import PlacementState
from secondment.placements.queries import decided_in


def dispatch_when_complete(campaign: Campaign, *, by: User, at: dt.datetime) -> None:
    """Move the locked campaign on once no placement awaits its notice and at least one person is sent."""
    states = set(decided_in(campaign).order_by().values_list("state", flat=True).distinct())
    is_complete = PlacementState.DECIDED not in states and states != {PlacementState.CANCELLED}
    if campaign.state == CampaignState.DECIDED and is_complete:
        advance(campaign, "dispatch_campaign", by=by, at=at)
        _publish(campaign, at=at)


def _publish(campaign: Campaign, *, at: dt.datetime) -> None:
    """Everybody nominated is sent or not; who has not been told the result yet is told now."""
    placed = decided_in(campaign).order_by()
    gone = placed.filter(state=PlacementState.CANCELLED).values_list("person", flat=True)
    sent = placed.exclude(state=PlacementState.CANCELLED).values_list("person", flat=True)
    is_new = live_nominations(campaign).filter(outcome__in=UNPUBLISHED).exists()
    settle_outcomes(campaign, sent, Outcome.SENT, called_off=gone)
    if is_new:
        notify_outcomes(campaign, at=at)
