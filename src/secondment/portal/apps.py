"""App configuration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Home pages per role, to-do, search."""

    name = "secondment.portal"
