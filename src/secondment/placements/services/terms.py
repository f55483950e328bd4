"""An individual term, set before the notice is issued."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.services.campaigns import check_term
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.rules import require_may_set_term
from secondment.placements.services.errors import ReasonMissingError, TermError
from secondment.placements.services.moving import locked, note_down, refuse_state
from secondment.placements.services.overlaps import refuse_overlap


@transaction.atomic
def set_term(
    placement: Placement,
    *,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Placement:
    """Let one placement begin or end on another day than its campaign, for a written reason.

    The half-open term keeps the programme's limit (H6) and shares no day with another placement (H5).
    """
    row = locked(placement, version=version)
    require_may_set_term(by, row)
    if row.state != PlacementState.DECIDED:
        refuse_state(row)
    if ends_on <= starts_on:
        raise TermError(_("挂职结束日期须晚于开始日期，请改正。"))
    campaign = row.campaign
    is_own = campaign is not None and (starts_on, ends_on) != (campaign.starts_on, campaign.ends_on)
    if is_own and not reason.strip():
        raise ReasonMissingError(_("期限与批次不同的，须写明理由。"))
    check_term(starts_on, ends_on, row.programme_version)
    refuse_overlap(row, starts_on, ends_on, by=by)
    old = f"{row.starts_on} — {row.last_day}"
    row.starts_on, row.ends_on = starts_on, ends_on
    row.term_reason = reason.strip() if is_own else ""
    row.save()
    details = {"from": old, "to": f"{row.starts_on} — {row.last_day}", "reason": row.term_reason}
    note_down("set_term", row, by=by, at=at, details=details)
    return row
