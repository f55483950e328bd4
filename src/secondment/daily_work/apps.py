"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class DailyWorkConfig(AppConfig):
    """Presence, host reports and home notices, and the cycles that ask for them."""

    name = "secondment.daily_work"

    def ready(self) -> None:
        """Register the cycles, citable facts, what pages of a placement show more, and readers of parameters."""
        import_module("secondment.daily_work.cycles")
        import_module("secondment.daily_work.contacts")
        import_module("secondment.daily_work.evidence")
        import_module("secondment.daily_work.views.panels")
        import_module("secondment.daily_work.parameters")
        import_module("secondment.daily_work.tasks")
