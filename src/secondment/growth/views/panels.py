"""The course of abilities on the page of a placement."""

from secondment.accounts.models import User
from secondment.growth.reading import growth_shown
from secondment.growth.rules import reads_abilities
from secondment.growth.view_models import CourseLine, course_lines
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel


def growth_panel(user: User, placement: Placement) -> Panel | None:
    """Where somebody rated before or since; for those who read the abilities in the file."""
    if not reads_abilities(user, placement):
        return None
    courses = growth_shown(user, placement)
    if not any(one.before or one.years for one in courses):
        return None
    lines: list[CourseLine] = course_lines(courses)
    return Panel("growth/_placement_panel.html", {"placement": placement, "lines": lines})


MAKERS.append(growth_panel)
