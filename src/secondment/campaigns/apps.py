"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Programmes, campaigns, quotas, nominations, eligibility."""

    name = "secondment.campaigns"

    def ready(self) -> None:
        """Register the kinds of background work, and what waits for whom."""
        import_module("secondment.campaigns.tasks")
        import_module("secondment.campaigns.waiting")
