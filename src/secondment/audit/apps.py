"""App configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only trail."""

    name = "secondment.audit"
