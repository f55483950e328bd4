"""Take back a collective decision before any notice of it is out, to be decided anew; it stays as history."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.services.outcomes import take_back
from secondment.campaigns.services.transitions import advance
from secondment.decision.errors import EarlyDateError, FutureDateError, ReasonMissingError
from secondment.decision.models import Consultation, Decision, PublicNotification
from secondment.decision.rules import require_owner
from secondment.decision.services.afterwards import waive_steps
from secondment.decision.services.locking import locked_decision
from secondment.matching.models import Proposal
from secondment.placements.services import cancel_with_decision, obstacle_to_cancelling


@dataclass(frozen=True)
class Withdrawal:
    """Where, when and why a decision was taken back."""

    meeting: str
    withdrawn_on: dt.date
    reason: str


@transaction.atomic
def withdraw_decision(
    decision: Decision, withdrawal: Withdrawal, *, by: User, on: dt.date, at: dt.datetime
) -> Decision:
    """Cancel what followed from the decision and go back to the time before it; the next one asks every check again.

    Answers and talks stay. What was posted is posted anew. Where nobody had been asked (an urgent decision) the
    campaign goes back to matching.
    """
    campaign = locked_campaign(decision.campaign)
    require_owner(by, campaign)
    row = locked_decision(decision)
    _check(row, withdrawal, on)
    obstacle = obstacle_to_cancelling(campaign)
    if obstacle is not None:
        raise obstacle
    details: dict[str, object] = {
        "number": row.number,
        "version": row.version,
        "meeting": withdrawal.meeting.strip(),
        "withdrawn_on": f"{withdrawal.withdrawn_on}",
        "reason": withdrawal.reason.strip(),
    }
    advance(campaign, "withdraw_decision", by=by, at=at, details=details)
    row.withdrawn_on, row.withdrawn_by = withdrawal.withdrawn_on, by
    row.withdraw_meeting, row.withdraw_reason = withdrawal.meeting.strip(), withdrawal.reason.strip()
    row.save()
    cancel_with_decision(campaign, decision_number=row.number, by=by, on=on, at=at)
    waive_steps(campaign, on=on)
    _take_down(row.proposal, withdrawal, on=on)
    take_back(campaign, at=at)
    if not is_asked(row.proposal):
        advance(campaign, "resume_review", by=by, at=at, details={"reason": row.withdraw_reason})
    return row


def is_asked(proposal: Proposal) -> bool:
    """Whether units were asked about the plan in a round that still counts."""
    return Consultation.objects.filter(proposal=proposal, is_withdrawn=False).exists()


def _check(decision: Decision, withdrawal: Withdrawal, on: dt.date) -> None:
    if not withdrawal.meeting.strip() or not withdrawal.reason.strip():
        raise ReasonMissingError(_("撤回决定须写明会议和理由。"))
    if withdrawal.withdrawn_on > on:
        raise FutureDateError(_("撤回日期不能晚于今天。"), field="withdrawn_on")
    if withdrawal.withdrawn_on < decision.decided_on:
        raise EarlyDateError(
            _("撤回日期早于决定日期（%(day)s）。请核对日期。") % {"day": decision.decided_on},
            field="withdrawn_on",
        )


def _take_down(proposal: Proposal, withdrawal: Withdrawal, *, on: dt.date) -> None:
    """What was posted rested on a plan that is decided anew."""
    posted = PublicNotification.objects.filter(proposal=proposal, withdrawn_on=None)
    posted.update(withdrawn_on=on, withdraw_reason=f"随集体决定撤回：{withdrawal.reason.strip()}"[:300])
