"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Programmes, campaigns, quotas, nominations, eligibility."""

    name = "secondment.campaigns"

    def ready(self) -> None:
        """Register the kinds of background work, pending tasks, and what depends on people and units."""
        from secondment.people.services.merging import MAY_STAY

        import_module("secondment.campaigns.tasks")
        import_module("secondment.campaigns.waiting")
        import_module("secondment.campaigns.dependents")
        MAY_STAY["campaigns.Nomination"] = lambda row: row.state == "withdrawn"
