"""App configuration."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Programmes, campaigns, quotas, nominations, eligibility."""

    name = "secondment.campaigns"
