"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """What named raters of the home unit said of the five abilities at nomination, and what became of it."""

    name = "secondment.growth"

    def ready(self) -> None:
        """Put its parameter into use; show the change on the page of a placement."""
        for module in ("parameters", "views.panels"):
            import_module(f"secondment.growth.{module}")
