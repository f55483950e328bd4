"""App configuration."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Survey and analysis of the force: who there is, what is known of them, how that will change."""

    name = "secondment.workforce"
