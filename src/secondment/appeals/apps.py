"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """Results explained, reviews and appeals against them."""

    name = "secondment.appeals"

    def ready(self) -> None:
        """Put its parameters into use; register what waits, and what it adds to pages of results."""
        for module in ("clocks", "waiting", "links", "tasks", "sheets"):
            import_module(f"secondment.appeals.{module}")
