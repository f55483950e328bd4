"""The request or placement that a page is about, if the reader may see it."""

import datetime as dt
from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.utils import timezone

from secondment.accounts.http import SignedInRequest
from secondment.leave.models import LeaveRequest, LeaveStep
from secondment.leave.queries import current_step, visible_to, with_names
from secondment.leave.rules import holds, is_own, may_read_reason
from secondment.leave.services import may_decide
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.placements.queries import with_names as with_placement_names


@dataclass(frozen=True)
class Seen:
    """A request as this reader meets it today."""

    request: LeaveRequest
    step: LeaveStep | None
    decides: bool
    reads_reason: bool
    opens_reason: bool
    on: dt.date


def seen(request: SignedInRequest, pk: int) -> Seen:
    """The request, whose turn it is, and what of it the reader may know."""
    on = timezone.localdate()
    rows = with_names(visible_to(request.user, on)).select_related("placement__person__account")
    found = get_object_or_404(rows, pk=pk)
    step = current_step(found)
    decides = step is not None and may_decide(request.user, found, step, on)
    has_part = any(holds(request.user, one) for one in found.steps.select_related("unit"))
    reads = decides or has_part or may_read_reason(request.user, found.placement)
    is_open = is_own(request.user, found.placement) or not found.is_health
    return Seen(found, step, decides, reads and is_open, reads, on)


def found_placement(request: SignedInRequest, pk: int) -> Placement:
    """A placement that the reader may see."""
    rows = with_placement_names(placements_visible_to(request.user)).select_related("person__account")
    return get_object_or_404(rows, pk=pk)
