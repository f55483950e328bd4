"""The place and the handover on the page of a placement."""

from dataclasses import dataclass

from django.utils import timezone

from secondment.accounts.models import User
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel
from secondment.places.handovers import Handover, handover_of
from secondment.places.queries import RECEIVED
from secondment.places.rules import may_read


@dataclass(frozen=True)
class PlacePanel:
    """What the page says; the place is a link for those who read it."""

    placement: Placement
    handover: Handover
    reads_place: bool


def place_panel(user: User, placement: Placement) -> Panel | None:
    """From the notice on."""
    if placement.state not in RECEIVED:
        return None
    reads = may_read(user, placement.host_unit, timezone.localdate())
    return Panel("places/_placement_panel.html", PlacePanel(placement, handover_of(placement), reads))


MAKERS.append(place_panel)
