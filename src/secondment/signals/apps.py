"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Early signs of formalism, put first to the office that can answer."""

    name = "secondment.signals"

    def ready(self) -> None:
        """Register thresholds, work of the night, what waits, and what pages of a placement show more."""
        import_module("secondment.signals.signs")
        import_module("secondment.signals.parameters")
        import_module("secondment.signals.tasks")
        import_module("secondment.signals.waiting")
        import_module("secondment.signals.views.panels")
