"""Talks before the decision (任前谈话), entered for many people together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.holding import lapses_of_people
from secondment.campaigns.lapses import refuse_lapsed
from secondment.decision.checks import refuse_before_plan
from secondment.decision.choices import AfterStep
from secondment.decision.errors import FutureDateError, IneligibleError
from secondment.decision.models import PreAppointmentTalk
from secondment.decision.queries import live_nominations
from secondment.decision.services.afterwards import allow_step, settle_steps
from secondment.decision.services.locking import locked_campaign
from secondment.matching.models import Proposal


@dataclass(frozen=True)
class NewTalk:
    """Who was talked with, when, by whom, and what about."""

    nomination_id: int
    held_on: dt.date
    talker: str
    points: str = ""


@transaction.atomic
def record_talks(
    proposal: Proposal, talks: Sequence[NewTalk], *, by: User, on: dt.date, at: dt.datetime
) -> list[PreAppointmentTalk]:
    """Keep one talk for each person; entering it again replaces it."""
    campaign = locked_campaign(proposal, by=by)
    allow_step(campaign, AfterStep.TALKS, CampaignState.CONSULTATION, CampaignState.NOTIFICATION)
    if any(talk.held_on > on for talk in talks):
        raise FutureDateError(_("谈话日期不能晚于今天。"), field="held_on")
    for talk in talks:
        refuse_before_plan(proposal, talk.held_on, field="held_on")
    people = live_nominations(campaign).in_bulk({talk.nomination_id for talk in talks})
    if any(talk.nomination_id not in people for talk in talks):
        raise IneligibleError(_("谈话名单中有不属于本批次或已撤回推荐的人选。请从本批次人选中选择。"))
    refuse_lapsed(lapses_of_people((one.person, one.home_unit) for one in people.values()))
    rows = [
        PreAppointmentTalk.objects.update_or_create(
            proposal=proposal,
            nomination_id=talk.nomination_id,
            defaults={"held_on": talk.held_on, "talker": talk.talker, "points": talk.points},
        )[0]
        for talk in talks
    ]
    settle_steps(campaign, on=on)
    details = {"n": len(rows)}
    record("proposal.record_talks", proposal, by=by, at=at, details=details)
    return rows
