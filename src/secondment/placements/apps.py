"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """One person, one post, one term."""

    name = "secondment.placements"

    def ready(self) -> None:
        """Tell lower rooms who is sent where, and what hangs on people and units."""
        dependents = import_module("secondment.placements.dependents")
        import_module("secondment.people.services.merging").OBSTACLES.append(dependents.two_places_at_once)
        import_module("secondment.placements.parameters")
        ports = import_module("secondment.campaigns.ports")
        ports.register_standing(import_module("secondment.placements.queries").standing)
