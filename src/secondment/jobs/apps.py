"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Background jobs with progress and cancel."""

    name = "secondment.jobs"

    def ready(self) -> None:
        """Every room's `tasks.py` registers its kinds of work, in web and worker processes alike; `handover.py` what accounts hold."""
        autodiscover_modules("tasks", "handover")
