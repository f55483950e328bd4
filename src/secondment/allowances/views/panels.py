"""Insurance, check and this month's amounts on the page of a placement, to those who may read amounts."""

from dataclasses import dataclass

from django.utils import timezone

from secondment.accounts.models import User
from secondment.allowances.queries import visible_to
from secondment.allowances.standing import Care, care_of
from secondment.allowances.view_models import STANDING_STATUS, SumLine, sum_lines
from secondment.common.components import Status
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel


@dataclass(frozen=True)
class AllowancePanel:
    """What stands about a placement."""

    placement: Placement
    care: Care
    cover_status: Status
    check_status: Status
    lines: list[SumLine]


def allowance_panel(user: User, placement: Placement) -> Panel | None:
    """Once somebody has begun to work."""
    if placement.state not in BEGAN or not visible_to(user).filter(pk=placement.pk).exists():
        return None
    on = timezone.localdate()
    care = care_of([placement], on)[placement.pk]
    months = sum_lines(placement, on)
    data = AllowancePanel(
        placement,
        care,
        STANDING_STATUS[care.cover.standing],
        STANDING_STATUS[care.checked.standing],
        months[0][1] if months else [],
    )
    return Panel("allowances/_placement_panel.html", data)


MAKERS.append(allowance_panel)
