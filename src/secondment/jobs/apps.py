"""App configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background jobs with progress and cancel."""

    name = "secondment.jobs"
