"""What follows an urgent decision (应急选派): each step left out is owed by a day until it is done; the minutes always.

The obligations are the record: open while a step is owed, met with the day on which it was done.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.services.transitions import check_state
from secondment.common.sentences import say
from secondment.decision.checks import (
    consultation_obstacles,
    notification_obstacles,
    talk_obstacles,
)
from secondment.decision.choices import AfterStep
from secondment.decision.errors import (
    EarlyDateError,
    FutureDateError,
    MinutesLateError,
    NotUrgentError,
    ObjectionOpenError,
    ReasonMissingError,
    StepError,
)
from secondment.decision.models import Consultation, Decision
from secondment.decision.parameters import minutes_days, steps_after_days
from secondment.decision.queries import AFTER, KIND, in_force, owed_steps, posted_of
from secondment.decision.rules import require_owner
from secondment.decision.services.locking import locked_decision
from secondment.matching.models import Proposal
from secondment.obligations.services import Owed, meet, owe, waive


@dataclass(frozen=True)
class Afterwards:
    """Who decided at once, and why what is left out has to follow."""

    leaders: str
    reason: str


def check_afterwards(campaign: Campaign, afterwards: Afterwards) -> None:
    """Refuse where the programme lets nothing follow, and where leaders or reason are not named."""
    if not steps_after_days(campaign):
        raise NotUrgentError(_("本项目不得事后补办。请先完成征求意见、谈话和公示，再登记集体决定。"))
    if not afterwards.leaders.strip() or not afterwards.reason.strip():
        raise ReasonMissingError(_("应急决定须写明作出决定的领导和事后补办的理由。"))


def steps_left_out(
    proposal: Proposal, nomination_ids: Iterable[int], *, decided_on: dt.date
) -> list[AfterStep]:
    """The steps not done by the day of the decision; an objection that was raised is cleared up before, not after."""
    people = list(nomination_ids)
    found = {
        AfterStep.CONSULTATION: list(consultation_obstacles(proposal, on=decided_on)),
        AfterStep.TALKS: list(talk_obstacles(proposal, people)),
        AfterStep.NOTIFICATION: list(notification_obstacles(proposal, people, decided_on=decided_on)),
    }
    for obstacle in (one for obstacles in found.values() for one in obstacles):
        if isinstance(obstacle, ObjectionOpenError):
            raise obstacle
    is_unasked = not Consultation.objects.filter(proposal=proposal).exists()
    return [
        step
        for step, obstacles in found.items()
        if obstacles or (step == AfterStep.CONSULTATION and is_unasked)
    ]


def owe_steps(decision: Decision, steps: Iterable[AfterStep]) -> None:
    """Owe what was left out, each by the day that the programme gives; and the minutes."""
    campaign = decision.campaign
    later = decision.decided_on + dt.timedelta(days=steps_after_days(campaign))
    minutes = decision.decided_on + dt.timedelta(days=minutes_days(campaign))
    for step in (*steps, AfterStep.MINUTES):
        title = say("“%(campaign)s”派出后补办：%(step)s", campaign=campaign.name, step=str(step.label))
        owed = Owed(
            kind=KIND + step,
            title=title,
            unit=campaign.owner_unit,
            role=Role.ORGANISATION_DEPARTMENT,
            creditor=decision.leaders,
            due_on=minutes if step == AfterStep.MINUTES else later,
            path=reverse("decision:decision_detail", args=[campaign.pk]),
            basis=decision.number,
        )
        owe(campaign, owed)


def allow_step(campaign: Campaign, step: AfterStep, *states: CampaignState) -> bool:
    """Whether the step is done afterwards; before the decision the campaign must be in one of these states."""
    if campaign.state in AFTER and step in owed_steps(campaign):
        return True
    check_state(campaign, *states)
    return False


def waive_steps(campaign: Campaign, *, on: dt.date) -> list[AfterStep]:
    """The urgent decision was taken back: what it left to be done is owed no longer; returns what that is."""
    steps = sorted(owed_steps(campaign))
    for step in steps:
        waive(campaign, KIND + step, on=on)
    return steps


def settle_steps(campaign: Campaign, *, on: dt.date) -> None:
    """Close what is done: everybody replied or kept silent, was talked with, was posted long enough."""
    owed = owed_steps(campaign)
    if not owed:
        return
    decision = in_force().select_related("proposal__run__campaign").get(campaign=campaign)
    proposal = decision.proposal
    sent = list(decision.items.exclude(campaign_post=None).values_list("nomination_id", flat=True))
    asked = Consultation.objects.filter(proposal=proposal).exists()
    posted = posted_of(proposal)
    is_done = {
        AfterStep.CONSULTATION: asked and not any(consultation_obstacles(proposal, on=on)),
        AfterStep.TALKS: not any(talk_obstacles(proposal, sent)),
        AfterStep.NOTIFICATION: posted is not None
        and on > posted.last_day
        and not posted.objections.filter(resolved_on=None).exists(),
    }
    for step in owed - {AfterStep.MINUTES}:
        if is_done[step]:
            meet(campaign, KIND + step, on=on)


def settle_all(on: dt.date) -> None:
    """Every night: silence until the deadline is consent, and a public notification ends with its last day."""
    decisions = in_force().exclude(leaders="").order_by()
    urgent = Campaign.objects.filter(state__in=AFTER, pk__in=decisions.values("campaign"))
    for campaign in urgent.select_related("owner_unit"):
        settle_steps(campaign, on=on)


@transaction.atomic
def record_minutes(
    decision: Decision,
    *,
    number: str,
    minutes_on: dt.date,
    late_reason: str = "",
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> Decision:
    """Keep the minutes of an urgent decision; of a day after the time given only with a word about it."""
    row = locked_decision(decision)
    require_owner(by, row.campaign)
    if AfterStep.MINUTES not in owed_steps(row.campaign):
        raise StepError(_("本次决定没有待补的会议纪要。"))
    if minutes_on > on:
        raise FutureDateError(_("会议纪要日期不能晚于今天。"))
    if minutes_on < row.decided_on:
        raise EarlyDateError(_("会议纪要日期早于决定日期（%(day)s）。请核对日期。") % {"day": row.decided_on})
    last = row.decided_on + dt.timedelta(days=minutes_days(row.campaign))
    is_late = minutes_on > last
    if is_late and not late_reason.strip():
        raise MinutesLateError(_("会议纪要须在 %(day)s 前形成。已经逾期的，请写明逾期说明。") % {"day": last})
    row.minutes_number, row.minutes_on = number.strip(), minutes_on
    row.minutes_late_reason = late_reason.strip() if is_late else ""
    row.save()
    meet(row.campaign, KIND + AfterStep.MINUTES, on=on)
    details = {"number": row.minutes_number, "late_reason": row.minutes_late_reason}
    record("campaign.record_minutes", row.campaign, by=by, at=at, details=details)
    return row
