"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class LeaveConfig(AppConfig):
    """Leave: requests, their approval, the ledger, and what it says about days in post."""

    name = "secondment.leave"

    def ready(self) -> None:
        """Register citable facts, what waits, what pages of a placement show more, what follows its term, and readers of parameters."""
        from secondment.leave.absences import approved
        from secondment.leave.services import follow_term
        from secondment.placements.ports import ABSENCES, TERM_FOLLOWERS

        TERM_FOLLOWERS.append(follow_term)
        ABSENCES.append(approved)
        import_module("secondment.leave.evidence")
        import_module("secondment.leave.papers")
        import_module("secondment.leave.views.panels")
        import_module("secondment.leave.parameters")
        import_module("secondment.leave.waiting")
