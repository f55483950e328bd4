"""The texts of a secondee on the page of the placement: to those who read them, and to the secondee."""

from django.utils import timezone

from secondment.accounts.models import User
from secondment.assessments.rules import is_reader
from secondment.assessments.summary_view_models import lines_of
from secondment.people.rules import is_self
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel


def summary_panel(user: User, placement: Placement) -> Panel | None:
    """What is asked for and what was written; nothing before the first December of a term."""
    if not (is_self(user, placement.person) or is_reader(user, placement)):
        return None
    lines = lines_of(user, [placement], timezone.localdate())
    return Panel("assessments/_placement_panel.html", lines) if lines else None


MAKERS.append(summary_panel)
