"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Runs, proposals, explanations, decision."""

    name = "secondment.matching"

    def ready(self) -> None:
        """Register the background work, what hangs on people, and how consultations end with a campaign."""
        import_module("secondment.matching.tasks")
        import_module("secondment.matching.dependents")
        ports = import_module("secondment.campaigns.ports")
        consultation = import_module("secondment.matching.decision.consultation")
        ports.register_ending(consultation.end_consultation)
