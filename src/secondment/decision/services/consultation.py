"""Ask the units concerned, answer their objections. Stored texts are Chinese."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.services.notifying import end_preferences
from secondment.campaigns.services.reminding import register_debts
from secondment.campaigns.services.transitions import advance
from secondment.common.sentences import say
from secondment.decision.choices import AfterStep, Party, Reply
from secondment.decision.errors import NoProposalError, ReasonMissingError, StepError
from secondment.decision.models import Consultation, PublicNotification
from secondment.decision.rules import ROLE_OF, UNDER_WAY
from secondment.decision.services.afterwards import allow_step, settle_steps
from secondment.decision.services.locking import locked_campaign
from secondment.matching.holding import check_holds, live_pairs
from secondment.matching.models import Proposal
from secondment.notices.services import send_notice
from secondment.obligations.models import Obligation
from secondment.obligations.queries import open_of_kind
from secondment.obligations.services import Owed, owe, waive
from secondment.units.models import Unit

REPLY_KIND = "consultation.reply"
REPLIES = "replies"


@transaction.atomic
def start_consultation(
    proposal: Proposal, *, due_on: dt.date, by: User, on: dt.date, at: dt.datetime
) -> list[Consultation]:
    """Ask every home unit about its people and every host unit about its posts, each until `due_on`."""
    campaign = locked_campaign(proposal, by=by)
    if due_on < on:
        raise StepError(_("答复期限不能早于今天。"), field="due_on")
    is_after = allow_step(campaign, AfterStep.CONSULTATION, CampaignState.REVIEW)
    if not is_after:
        check_holds(proposal)
    pairs = list(live_pairs(proposal))
    if not pairs:
        raise NoProposalError(_("采用的方案中没有人选。请先在方案中安排人选。"))
    if is_after:
        record("campaign.consult_afterwards", campaign, by=by, at=at, details={"proposal": proposal.pk})
    else:
        advance(campaign, "start_consultation", by=by, at=at, details={"proposal": proposal.pk})
        end_preferences(campaign, on=on)
    homes = {pair.nomination.home_unit for pair in pairs}
    hosts = {pair.campaign_post.post.host_unit for pair in pairs}
    asked = [(Party.HOME, unit) for unit in homes] + [(Party.HOST, unit) for unit in hosts]
    in_order = sorted(asked, key=lambda one: (one[0], one[1].path))
    return [_ask(proposal, campaign, unit, party, due_on, at=at) for party, unit in in_order]


@transaction.atomic
def handle_objection(
    consultation: Consultation, *, handling: str, by: User, on: dt.date, at: dt.datetime
) -> Consultation:
    """Record how a unit's objection was resolved; the unit is notified."""
    campaign = locked_campaign(consultation.proposal, by=by)
    allow_step(campaign, AfterStep.CONSULTATION, *UNDER_WAY, CampaignState.REVIEW)
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if row.reply != Reply.OBJECTED:
        raise StepError(_("该单位没有异议，不需要处理结论。"))
    if not handling.strip():
        raise ReasonMissingError(_("请写明处理结论。"))
    row.handling = handling.strip()
    row.save()
    settle_steps(campaign, on=on)
    record("consultation.handle_objection", row, by=by, at=at)
    path = reverse("decision:consultation_detail", args=[row.pk])
    recipients = accounts_of([row.unit], ROLE_OF[Party(row.party)])
    send_notice(recipients, title=say("你单位的异议已有处理结论"), body=row.handling, path=path, at=at)
    return row


@transaction.atomic
def resume_review(proposal: Proposal, *, reason: str, by: User, on: dt.date, at: dt.datetime) -> Campaign:
    """Go back to matching for a written reason; open questions are withdrawn, what was answered is kept."""
    campaign = locked_campaign(proposal, by=by)
    if not reason.strip():
        raise ReasonMissingError(_("退回匹配须写明理由。"))
    advance(campaign, "resume_review", by=by, at=at, details={"reason": reason.strip()})
    end_consultation(campaign, on)
    Consultation.objects.filter(proposal=proposal).update(is_withdrawn=True)
    posted = PublicNotification.objects.filter(proposal=proposal, withdrawn_on=None)
    posted.update(withdrawn_on=on, withdraw_reason=reason.strip())
    return campaign


def end_consultation(campaign: Campaign, on: dt.date) -> None:
    """Units that have not replied owe no reply any more."""
    for row in Consultation.objects.filter(proposal__run__campaign=campaign, reply=Reply.PENDING):
        waive(row, REPLY_KIND, on=on)


def _unanswered(campaign: Campaign) -> QuerySet[Obligation]:
    """What units still owe a reply to; those that were asked about a plan since changed are asked no longer."""
    asked = Consultation.objects.filter(proposal__run__campaign=campaign, proposal__is_chosen=True)
    waiting = asked.filter(reply=Reply.PENDING).order_by()
    return open_of_kind(REPLY_KIND, Consultation, waiting.values_list("pk", flat=True))


register_debts(REPLIES, _unanswered)


def _ask(
    proposal: Proposal, campaign: Campaign, unit: Unit, party: Party, due_on: dt.date, *, at: dt.datetime
) -> Consultation:
    fresh = {
        "due_on": due_on,
        "reply": Reply.PENDING,
        "text": "",
        "handling": "",
        "replied_on": None,
        "replied_by": None,
        "is_withdrawn": False,
    }
    row, is_first = Consultation.objects.update_or_create(
        proposal=proposal, unit=unit, party=party, defaults=fresh
    )
    if not is_first:
        row.round += 1
        row.save(update_fields=["round"])
        row.people.update(is_current=False)
    role = ROLE_OF[party]
    path = reverse("decision:replies", args=[campaign.pk])
    title = say("答复“%(campaign)s”拟派人选的征求意见", campaign=campaign.name)
    owe(row, Owed(REPLY_KIND, title, unit, role, campaign.owner_unit.name, due_on, path))
    send_notice(accounts_of([unit], role), title=title, path=path, at=at)
    return row
