"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """Democratic appraisals: who votes on whom, secretly, and what the box held when it was closed."""

    name = "secondment.appraisals"

    def ready(self) -> None:
        """Register acts around the box, readers of parameters, what waits, and what pages of a placement show more."""
        import_module("secondment.appraisals.box.actions")
        import_module("secondment.appraisals.parameters")
        import_module("secondment.appraisals.views.panels")
        import_module("secondment.appraisals.waiting")
