"""App configuration."""

from importlib import import_module

from django.apps import AppConfig

from secondment.campaigns.choices import CampaignState


class MatchingConfig(AppConfig):
    """Runs, proposals, explanations."""

    name = "secondment.matching"

    def ready(self) -> None:
        """Register the background work, what depends on people, and where a campaign under review goes on."""
        import_module("secondment.matching.tasks")
        import_module("secondment.matching.dependents")
        import_module("secondment.matching.steps")
        ports = import_module("secondment.campaigns.ports")
        ports.register_page(CampaignState.REVIEW, "matching:campaign_detail")
        ports.register_copying(import_module("secondment.matching.services.copying").copy_rules)
