"""App configuration."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """In-system messages and receipts."""

    name = "secondment.notices"
