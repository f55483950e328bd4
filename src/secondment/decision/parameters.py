"""What a programme asks for before a decision; what it leaves out takes the usual value."""

from secondment.campaigns.models import Campaign

USUAL_WORKDAYS = 5


def notification_workdays(campaign: Campaign) -> int:
    """Working days of the public notification; 0 means that none is asked for."""
    return int(campaign.programme_version.parameters.get("public_notification_workdays", USUAL_WORKDAYS))


def needs_talks(campaign: Campaign) -> bool:
    """Whether everyone to be sent must have been talked with."""
    return int(campaign.programme_version.parameters.get("talks_before_decision", 1)) > 0
