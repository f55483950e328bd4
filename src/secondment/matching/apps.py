"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Runs, proposals, explanations, decision."""

    name = "secondment.matching"

    def ready(self) -> None:
        """Register the background work."""
        import_module("secondment.matching.tasks")
