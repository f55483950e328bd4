"""Lock a campaign for an action that edits no form."""

from secondment.campaigns.models import Campaign


def locked_campaign(campaign: Campaign) -> Campaign:
    """The campaign as it is now, locked inside the caller's transaction; its version stays."""
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("owner_unit", "programme_version")
    return rows.get(pk=campaign.pk)
