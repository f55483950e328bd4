"""App configuration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Synthetic people on real places."""

    name = "secondment.demo"
