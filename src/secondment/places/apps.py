"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """What is known of places, and the handover between those who work there."""

    name = "secondment.places"

    def ready(self) -> None:
        """Register citable facts, open promises and contacts, and what pages of a placement show more."""
        import_module("secondment.places.evidence")
        import_module("secondment.places.handovers")
        import_module("secondment.places.views.panel")
