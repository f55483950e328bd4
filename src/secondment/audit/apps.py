"""App configuration."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """Append-only trail."""

    name = "secondment.audit"

    def ready(self) -> None:
        """Every room's `actions.py` registers what its actions are called."""
        autodiscover_modules("actions")
