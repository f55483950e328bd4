"""Absences that nobody excused (无故脱岗, rule H20), by the ledger: leaves that ended late for no accepted reason."""

import datetime as dt
from collections import defaultdict

from django.db.models import Prefetch, Q

from secondment.leave.choices import EntryKind
from secondment.leave.models import LeaveEntry
from secondment.placements.models import Placement

LATE_LINES = Prefetch(
    "leave_entries",
    LeaveEntry.objects.filter(Q(kind=EntryKind.LATE) | Q(reverses__kind=EntryKind.LATE)).select_related(
        "reverses"
    ),
)
"""What `unexcused_absences` reads of many placements."""


def unexcused_absences(placement: Placement, year: int) -> int:
    """How many began in the year; one is counted when the return is on record."""
    months: defaultdict[int, defaultdict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for line in placement.leave_entries.all():
        kind = line.reverses.kind if line.reverses else line.kind
        if kind == EntryKind.LATE:
            months[line.request_id][line.month] += line.half_days
    first = [min((month for month, n in late.items() if n > 0), default=None) for late in months.values()]
    return sum(month is not None and month.year == year for month in first)
