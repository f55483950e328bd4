"""A campaign has been dispatched when nobody waits for a notice any more."""

import datetime as dt

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.states import TRANSITIONS
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement


def dispatch_when_complete(campaign: Campaign, *, by: User, at: dt.datetime) -> None:
    """Move the locked campaign on once no placement waits for its notice and somebody goes."""
    sources, target = TRANSITIONS["dispatch_campaign"]
    states = set(
        Placement.objects.filter(campaign=campaign).order_by().values_list("state", flat=True).distinct()
    )
    is_complete = PlacementState.DECIDED not in states and states != {PlacementState.CANCELLED}
    if campaign.state in sources and is_complete:
        campaign.state = CampaignState(target)
        campaign.save(update_fields=["state"])
        record("campaign.dispatch_campaign", campaign, by=by, at=at, unit_path=campaign.owner_unit.path)
