"""Leave on the page of a placement: this year's arithmetic and the last requests, to those who may know."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from secondment.accounts.models import User
from secondment.leave.models import LeaveRequest
from secondment.leave.presence import Presence, amounts_of, year_of
from secondment.leave.queries import last_requests
from secondment.leave.rules import may_ask
from secondment.placements.choices import PlacementState
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel

SHOWN = 4


@dataclass(frozen=True)
class LeavePanel:
    """What stands about a placement."""

    placement: Placement
    year: Presence
    requests: Sequence[LeaveRequest]
    may_ask: bool


def leave_panel(user: User, placement: Placement) -> Panel | None:
    """Once somebody has begun to work; the year is that of today, or the last of the term."""
    if placement.state not in BEGAN:
        return None
    year = min(timezone.localdate().year, placement.last_day.year)
    amounts = amounts_of(
        [placement.pk], placement.starts_on.replace(year=year, month=1, day=1), placement.ends_on
    )
    is_open = placement.state == PlacementState.IN_POST and may_ask(user, placement)
    data = LeavePanel(placement, year_of(placement, year, amounts), last_requests(placement, SHOWN), is_open)
    return Panel("leave/_placement_panel.html", data)


MAKERS.append(leave_panel)
