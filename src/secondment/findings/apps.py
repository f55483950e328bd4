"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Findings about secondees, and the facts they rest on."""

    name = "secondment.findings"

    def ready(self) -> None:
        """Register what pages of a placement show more, and the Word form."""
        import_module("secondment.findings.sheets")
        import_module("secondment.findings.views.panels")
