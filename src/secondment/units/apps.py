"""App configuration."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Unit tree and regions."""

    name = "secondment.units"
