"""Tell everyone nominated what became of them, before the notices go out."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import UNPUBLISHED, CampaignState, Outcome
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.queries import live_nominations
from secondment.campaigns.services.outcomes import notify_outcomes, settle_outcomes
from secondment.campaigns.services.transitions import check_state
from secondment.decision.checks import refuse_before_plan, refuse_before_withdrawal
from secondment.decision.errors import (
    EarlyDateError,
    FutureDateError,
    NotificationMissingError,
    ReasonMissingError,
    StepError,
)
from secondment.decision.models import Decision
from secondment.decision.queries import posted_of
from secondment.decision.rules import require_owner
from secondment.decision.services.deciding import Meeting
from secondment.decision.services.locking import locked_decision
from secondment.placements.choices import PlacementState
from secondment.placements.queries import decided_in

CORRECTED = ("meeting", "number", "decided_on")


@transaction.atomic
def publish_results(decision: Decision, *, by: User, on: dt.date, at: dt.datetime) -> Decision:
    """Home units and nominees see from now on who was chosen and why; whoever was told is not told twice."""
    campaign = locked_campaign(decision.campaign)
    require_owner(by, campaign)
    check_state(campaign, CampaignState.DECIDED)
    row = locked_decision(decision)
    if row.published_on is not None:
        raise StepError(_("结果已于 %(day)s 公布。") % {"day": row.published_on})
    if live_nominations(campaign).exclude(outcome__in=UNPUBLISHED).exists():
        raise StepError(_("结果已随全部挂职通知印发公布，不再重复公布。"))
    row.published_on = on
    row.save(update_fields=["published_on"])
    placed = decided_in(campaign).order_by()
    gone = placed.filter(state=PlacementState.CANCELLED).values_list("person", flat=True)
    chosen = placed.exclude(state=PlacementState.CANCELLED).values_list("person", flat=True)
    settle_outcomes(campaign, chosen, Outcome.CHOSEN, called_off=gone)
    record("campaign.publish_results", campaign, by=by, at=at, details={"n_sent": len(chosen)})
    notify_outcomes(campaign, at=at)
    return row


@transaction.atomic
def correct_decision(
    decision: Decision, meeting: Meeting, *, reason: str, by: User, on: dt.date, at: dt.datetime
) -> Decision:
    """Correct meeting, number or day as they were recorded, with a reason; what stood before stays on record."""
    campaign = locked_campaign(decision.campaign)
    require_owner(by, campaign)
    row = locked_decision(decision)
    if not reason.strip():
        raise ReasonMissingError(_("更正须写明理由。"))
    new = dict(
        zip(CORRECTED, (meeting.name.strip(), meeting.number.strip(), meeting.decided_on), strict=True)
    )
    was = {name: f"{getattr(row, name)}" for name in CORRECTED if getattr(row, name) != new[name]}
    if not was:
        raise StepError(_("会议、文号和日期都没有变化，无需更正。"))
    _check_day(row, meeting.decided_on, on)
    for name in CORRECTED:
        setattr(row, name, new[name])
    row.corrections = [*row.corrections, {"on": f"{on}", "by": by.name, "reason": reason.strip(), "was": was}]
    row.save()
    decided_in(campaign).update(decision_number=row.number)
    record("campaign.correct_decision", campaign, by=by, at=at, details={"reason": reason.strip(), **was})
    return row


def _check_day(decision: Decision, day: dt.date, on: dt.date) -> None:
    """The day must still lie between what came before the decision and what followed it."""
    if day > on:
        raise FutureDateError(_("决定日期不能晚于今天。"))
    refuse_before_plan(decision.proposal, day)
    refuse_before_withdrawal(decision.campaign, day)
    posted = posted_of(decision.proposal)
    if not decision.leaders and posted is not None and day <= posted.last_day:
        raise NotificationMissingError(
            _("公示期至 %(day)s 届满，次日起方可作出决定。") % {"day": posted.last_day}
        )
    if decided_in(decision.campaign).filter(notice_on__lt=day).exists():
        raise EarlyDateError(_("已有挂职通知在 %(day)s 之前印发，决定日期不能晚于通知日期。") % {"day": day})
