"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Who owes what to whom by when, under which rule."""

    name = "secondment.obligations"

    def ready(self) -> None:
        """Register what duties ask for among what waits."""
        import_module("secondment.obligations.asked")
