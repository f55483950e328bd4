"""Who is away with approved leave, for rooms that plan something for a day."""

import datetime as dt
from collections.abc import Collection, Iterator

from secondment.common.days import ONE_DAY
from secondment.leave.choices import LeaveState
from secondment.leave.models import LeaveRequest
from secondment.placements.ports import Absence


def approved(placements: Collection[int], starts_on: dt.date, ends_on: dt.date) -> Iterator[Absence]:
    """Leave that was granted, as it was taken, that touches a day from `starts_on` to before `ends_on`; one query."""
    rows = LeaveRequest.objects.filter(
        placement__in=placements,
        state__in=(LeaveState.GRANTED, LeaveState.RETURNED),
        starts_on__lt=ends_on,
        ends_on__gte=starts_on,
    )
    for one in rows.order_by("starts_on", "pk"):
        after = one.taken.ends
        back_on = after.day + ONE_DAY if after.is_pm else after.day
        if not one.taken.is_empty and back_on > starts_on:
            yield Absence(one.placement_id, one.starts_on, back_on)
