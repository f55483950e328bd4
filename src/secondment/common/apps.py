"""App configuration."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Errors, widgets, base templates and design tokens; no domain words."""

    name = "secondment.common"
