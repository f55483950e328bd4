"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Standards of assessment: indicators, anchors, weights and the groups that judge."""

    name = "secondment.standards"

    def ready(self) -> None:
        """Register the Word form, and what waits."""
        import_module("secondment.standards.sheets")
        import_module("secondment.standards.waiting")
