"""What becomes of leave when the term of its placement changes."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from secondment.audit.services import record
from secondment.leave.choices import LeaveState
from secondment.leave.drafts import term_of
from secondment.leave.models import LeaveRequest
from secondment.leave.queries import with_names
from secondment.leave.services import ledger
from secondment.leave.services.alerting import look_after
from secondment.leave.services.deciding import notify_cancelled
from secondment.placements.models import Placement


@transaction.atomic
def follow_term(placement: Placement, /, *, on: dt.date) -> None:
    """Leave beyond the last day is taken back, and comes back with the term; requests wholly beyond it are closed."""
    at = timezone.make_aware(dt.datetime.combine(on, dt.time()))  # the port gives the day alone
    rows = with_names(LeaveRequest.objects.filter(placement=placement)).select_for_update(of=("self",))
    for row in rows.filter(state__in=(LeaveState.ASKED, LeaveState.GRANTED, LeaveState.RETURNED)):
        row.placement = placement
        _follow(row, at)
    look_after(placement, on=on)


def _follow(row: LeaveRequest, at: dt.datetime) -> None:
    term = term_of(row.placement)
    if row.state != LeaveState.RETURNED and not row.span.overlaps(term):
        row.state = LeaveState.WITHDRAWN if row.state == LeaveState.ASKED else LeaveState.CANCELLED
        row.version += 1
        row.save(update_fields=["state", "version"])
        ledger.reverse(row, ledger.KINDS, by=None, at=at)
        record("leave_request.outlast", row, by=None, at=at)
        notify_cancelled(row, at=at)
        return
    if row.state != LeaveState.ASKED and ledger.rewrite(row, by=None, at=at):
        record("leave_request.follow_term", row, by=None, at=at)
