"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class AllowancesConfig(AppConfig):
    """Allowances by days in post, insurance, medical checks and the work fund of a placement."""

    name = "secondment.allowances"

    def ready(self) -> None:
        """Register duties, what waits, forms on paper, what pages of a placement show more, and readers of parameters."""
        import_module("secondment.allowances.duties")
        import_module("secondment.allowances.papers")
        import_module("secondment.allowances.parameters")
        import_module("secondment.allowances.views.panels")
        import_module("secondment.allowances.waiting")
