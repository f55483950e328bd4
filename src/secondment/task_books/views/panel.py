"""The task book on the page of a placement, and on the secondee's own page."""

from django.utils import timezone

from secondment.accounts.models import User
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel
from secondment.task_books.queries import KEPT
from secondment.task_books.view_models import book_page


def task_panel(user: User, placement: Placement) -> Panel | None:
    """Where the task book stands, from the notice on."""
    if placement.state not in KEPT:
        return None
    page = book_page(user, placement, timezone.localdate())
    return Panel("task_books/_placement_panel.html", page)


MAKERS.append(task_panel)
