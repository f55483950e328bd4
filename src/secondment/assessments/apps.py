"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The yearly assessment."""

    name = "secondment.assessments"

    def ready(self) -> None:
        """Put its parameters into use; register its to-dos, its daily work, and what follows from changed facts."""
        for module in (
            *("parameters", "waiting", "writing", "tasks", "following", "papers", "sheets"),
            "views.panels",
            *("evidence", "interim.duties", "interim.waiting", "interim.views.panels"),
        ):
            import_module(f"secondment.assessments.{module}")
