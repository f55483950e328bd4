"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Programmes, campaigns, quotas, nominations, eligibility."""

    name = "secondment.campaigns"

    def ready(self) -> None:
        """Register background work, pending tasks, what depends on people and units, and what a first run offers."""
        from secondment.campaigns.presets import PRESETS
        from secondment.campaigns.services.programmes import load_presets
        from secondment.onboarding.ports import Presets, register_presets
        from secondment.people.services.merging import MAY_STAY

        import_module("secondment.campaigns.tasks")
        import_module("secondment.campaigns.waiting")
        import_module("secondment.campaigns.own_steps")
        import_module("secondment.campaigns.dependents")
        register_presets(Presets(lambda: [(preset.code, preset.name) for preset in PRESETS], load_presets))
        import_module("secondment.campaigns.papers")
        import_module("secondment.campaigns.sheets")
        MAY_STAY["campaigns.Nomination"] = lambda row: row.state == "withdrawn"
