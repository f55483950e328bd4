"""App configuration."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Standards of assessment: indicators, anchors, weights and the groups that judge."""

    name = "secondment.standards"
