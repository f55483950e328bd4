"""Days that a programme sets for sending people; what it leaves out takes the usual value."""

from secondment.campaigns.models import Campaign

USUAL_DAYS = {"report_within_days": 15, "duties_within_days": 15, "arrival_receipt_days": 7}


def days_of(campaign: Campaign, name: str) -> int:
    """A number of days of the campaign's programme version."""
    return int(campaign.programme_version.parameters.get(name, USUAL_DAYS[name]))
