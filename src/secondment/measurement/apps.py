"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """Runs over closed appraisals, what they found, and what a planned appraisal can find."""

    name = "secondment.measurement"

    def ready(self) -> None:
        """Register background work and sentences of the trail."""
        for module in ("tasks", "actions"):
            import_module(f"secondment.measurement.{module}")
