"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class TalksConfig(AppConfig):
    """Talks and what follows from them, training and meetings, complaints and suggestions."""

    name = "secondment.talks"

    def ready(self) -> None:
        """Register duties, citable facts, what waits, calendars, what pages of a placement show more, forms, readers of parameters."""
        import_module("secondment.talks.duties")
        import_module("secondment.talks.evidence")
        import_module("secondment.talks.occasions")
        import_module("secondment.talks.papers")
        import_module("secondment.talks.parameters")
        import_module("secondment.talks.sheets")
        import_module("secondment.talks.tasks")
        import_module("secondment.talks.views.panels")
        import_module("secondment.talks.waiting")
