"""App configuration."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Runs, proposals, explanations, decision."""

    name = "secondment.matching"
