"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    """Accounts in bulk."""

    name = "secondment.onboarding"

    def ready(self) -> None:
        """Register what waits for whom."""
        import_module("secondment.onboarding.waiting")
