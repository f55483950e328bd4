"""Cancel a placement before it has begun."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.services.outcomes import call_off
from secondment.placements.models import Placement
from secondment.placements.rules import require_may_cancel
from secondment.placements.services.dispatching import dispatch_when_complete
from secondment.placements.services.errors import ReasonMissingError
from secondment.placements.services.moving import locked, move, note_down
from secondment.placements.services.notice_changes import void_when_nobody_goes
from secondment.placements.services.notifying import notify_home, notify_host, notify_secondee, owe_nothing


@transaction.atomic
def cancel_placement(
    placement: Placement,
    *,
    reason: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> Placement:
    """Cancel for a written reason; everyone concerned is notified and all obligations are waived."""
    row = locked(placement, version=version)
    require_may_cancel(by, row)
    if not reason.strip():
        raise ReasonMissingError(_("取消挂职须写明理由。"))
    move(row, "cancel_placement")
    row.cancel_reason = reason.strip()
    row.save()
    note_down("cancel_placement", row, by=by, at=at, details={"reason": row.cancel_reason})
    owe_nothing(row, on=on)
    title = f"{row.person.name}同志到{row.host_unit.name}的挂职已取消"
    for notify in (notify_home, notify_host, notify_secondee):
        notify(row, title, body=row.cancel_reason, at=at)
    if row.campaign is not None:
        call_off(row.campaign, row.person_id)
    void_when_nobody_goes(row, reason=f"取消挂职：{row.cancel_reason}"[:300], by=by, on=on, at=at)
    if row.campaign is not None:
        dispatch_when_complete(row.campaign, by=by, at=at)
    return row
