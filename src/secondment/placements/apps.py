"""App configuration."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """One person, one post, one term."""

    name = "secondment.placements"
