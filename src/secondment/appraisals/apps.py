"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """Democratic appraisals: who votes on whom, secretly, and what the box held when it was closed."""

    name = "secondment.appraisals"

    def ready(self) -> None:
        """Register what acts around the box are called."""
        import_module("secondment.appraisals.box.actions")
