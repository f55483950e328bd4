"""Consultation and decision: the owner takes every step, leaders read, units see and answer their own question."""

import datetime as dt

import numpy as np

from secondment.accounts.choices import Role
from secondment.algorithms.fit import COMPONENTS
from secondment.campaigns.choices import CampaignState, Outcome
from secondment.campaigns.models import Campaign
from secondment.decision.choices import Party, Reply
from secondment.decision.models import (
    Consultation,
    Decision,
    DecisionItem,
    NotificationObjection,
    PublicNotification,
)
from secondment.matching.models import MatchingRun, Proposal, ProposalPair
from secondment.matching.snapshot import Pairs, Snapshot, pack
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
READERS = OWNER | {Role.LEADER}


def proposal(side: Side) -> Proposal:
    """A chosen proposal of the side's campaign, which is under consultation."""
    if (
        "decision_proposal" not in side.extra
        or not Proposal.objects.filter(pk=side.extra["decision_proposal"].pk).exists()
    ):
        Campaign.objects.filter(pk=side.campaign.pk).update(state=CampaignState.NOTIFICATION)
        user = make_user()
        run = MatchingRun.objects.create(
            campaign=side.campaign,
            number=99,
            weights={},
            snapshot={"nominations": [side.nomination.pk], "posts": [side.campaign_post.pk]},
            report={"optimum": [[0, 0]]},
            created_by=user,
            created_at=AT,
        )
        made = Proposal.objects.create(run=run, name="方案", is_chosen=True, created_by=user, created_at=AT)
        ProposalPair.objects.create(
            proposal=made, nomination=side.nomination, campaign_post=side.campaign_post, score=0.5
        )
        side.extra["decision_proposal"] = made
    found: Proposal = side.extra["decision_proposal"]
    return found


def campaign(side: Side) -> dict[str, int]:
    proposal(side)
    return {"pk": side.campaign.pk}


def notification(side: Side) -> PublicNotification:
    day = dt.date(2026, 9, 28)
    return PublicNotification.objects.get_or_create(
        proposal=proposal(side), defaults={"starts_on": day, "last_day": day, "n_workdays": 1}
    )[0]


def notified_campaign(side: Side) -> dict[str, int]:
    notification(side)
    return {"pk": side.campaign.pk}


def objection(side: Side) -> dict[str, int]:
    row, _ = NotificationObjection.objects.get_or_create(
        notification=notification(side), received_on=dt.date(2026, 9, 28), text="某情况"
    )
    return {"pk": row.pk}


def home_consultation(side: Side) -> dict[str, int]:
    row, _ = Consultation.objects.get_or_create(
        proposal=proposal(side), unit=side.home_unit, party=Party.HOME, defaults={"reply": Reply.OBJECTED}
    )
    return {"pk": row.pk}


def asked_campaign(side: Side) -> dict[str, int]:
    home_consultation(side)
    return {"pk": side.campaign.pk}


def urgent_campaign(side: Side) -> dict[str, int]:
    """A campaign with a decision; the state stays as the other rows need it."""
    Decision.objects.get_or_create(
        campaign=side.campaign,
        defaults={
            "proposal": proposal(side),
            "meeting": "会议",
            "number": "1",
            "decided_on": dt.date(2026, 9, 28),
            "recorded_by": make_user(),
        },
    )
    return {"pk": side.campaign.pk}


def decided_campaign(side: Side) -> dict[str, int]:
    """A campaign that was decided on, its result not yet published."""
    urgent_campaign(side)
    Campaign.objects.filter(pk=side.campaign.pk).update(state=CampaignState.DECIDED)
    return {"pk": side.campaign.pk}


def decision(side: Side) -> dict[str, int]:
    """The decision itself, which has an address of its own."""
    decided_campaign(side)
    return {"pk": Decision.objects.get(campaign=side.campaign).pk}


def result(side: Side) -> dict[str, int]:
    """A published result; the run compares nobody."""
    decided_campaign(side)
    none, one = np.zeros(0, dtype=np.int64), np.ones(1, dtype=np.int64)
    nobody = Pairs(none, none, np.zeros((0, len(COMPONENTS))))
    people, posts = (side.nomination.pk,), (side.campaign_post.pk,)
    empty = Snapshot(people, posts, nobody, {}, {}, -one, (), none, one, one)
    MatchingRun.objects.filter(proposals=proposal(side)).update(snapshot=pack(empty))
    DecisionItem.objects.get_or_create(
        decision=Decision.objects.get(campaign=side.campaign),
        nomination=side.nomination,
        defaults={"campaign_post": side.campaign_post},
    )
    side.nomination.outcome = Outcome.CHOSEN
    side.nomination.save()
    return {"pk": side.nomination.pk}


ROWS = {
    "decision:decision_list": Row(frozenset(Role)),
    "decision:decision_detail": Row(READERS, campaign),
    "decision:consultation_start": Row(OWNER, campaign),
    "decision:review_resume": Row(OWNER, campaign),
    "decision:notification_withdraw": Row(OWNER, notified_campaign),
    "decision:notification_publish": Row(OWNER, campaign),
    "decision:notification_download": Row(READERS, notified_campaign),
    "decision:minutes_record": Row(OWNER, urgent_campaign),
    "decision:decision_correct": Row(OWNER, decided_campaign),
    "decision:decision_version": Row(READERS, decision),
    "decision:decision_withdraw": Row(OWNER, decision),
    "decision:result_list": Row(READERS, decided_campaign),
    "decision:results_publish": Row(OWNER, decided_campaign, "post"),
    "decision:result_detail": Row(READERS | {Role.HOME_UNIT, Role.SECONDEE}, result),
    "decision:objection_record": Row(OWNER, notified_campaign),
    "decision:talks_record": Row(OWNER, campaign),
    "decision:decision_record": Row(OWNER, campaign),
    "decision:replies": Row(READERS | {Role.HOME_UNIT}, asked_campaign),
    "decision:people": Row(READERS, asked_campaign),
    "decision:consultation_detail": Row(READERS | {Role.HOME_UNIT}, home_consultation),
    "decision:objection_handle": Row(OWNER, home_consultation),
    "decision:objection_resolve": Row(OWNER, objection),
}
