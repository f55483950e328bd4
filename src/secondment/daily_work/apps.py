"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class DailyWorkConfig(AppConfig):
    """Presence, host reports and home notices, and the cycles that ask for them."""

    name = "secondment.daily_work"

    def ready(self) -> None:
        """Register what waits, what pages of a placement show more, what follows its term, and readers of parameters."""
        from secondment.daily_work.services import follow_term
        from secondment.placements.ports import TERM_FOLLOWERS

        TERM_FOLLOWERS.append(follow_term)
        import_module("secondment.daily_work.panels")
        import_module("secondment.daily_work.parameters")
        import_module("secondment.daily_work.waiting")
