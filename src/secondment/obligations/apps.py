"""App configuration."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Who owes what to whom by when, under which rule."""

    name = "secondment.obligations"
