"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class BurdenConfig(AppConfig):
    """Forms and requests: what they cost, who reads them, and which are given up."""

    name = "secondment.burden"

    def ready(self) -> None:
        """Register what is shown and checked before a programme asks for more, and which duties are switched off."""
        for module in ("before", "switching"):
            import_module(f"secondment.burden.{module}")
