"""What the units reply: about each person, for all their people in one submission. Stored texts are Chinese."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.sentences import say
from secondment.decision.choices import Reply
from secondment.decision.errors import ReasonMissingError, StepError
from secondment.decision.models import Consultation, PersonReply
from secondment.decision.queries import pairs_shown
from secondment.decision.rules import require_may_reply
from secondment.decision.services.afterwards import settle_steps
from secondment.decision.services.consultation import REPLY_KIND
from secondment.matching.models import ProposalPair
from secondment.notices.services import send_notice
from secondment.obligations.services import meet


@dataclass(frozen=True)
class PersonOpinion:
    """What a unit says about one person."""

    nomination_id: int
    reply: Reply
    text: str = ""


@dataclass(frozen=True)
class UnitReply:
    """What one unit that was asked says about all its people."""

    consultation: Consultation
    opinions: Sequence[PersonOpinion]


@transaction.atomic
def reply_to_consultations(
    replies: Sequence[UnitReply], *, by: User, on: dt.date, at: dt.datetime
) -> list[Consultation]:
    """Keep the replies of several units, all or none; each may change its mind until the next step."""
    return [_reply(one, by=by, on=on, at=at) for one in replies]


def _reply(one: UnitReply, *, by: User, on: dt.date, at: dt.datetime) -> Consultation:
    row = Consultation.objects.select_for_update().get(pk=one.consultation.pk)
    require_may_reply(by, row)
    pairs = _check(row, one.opinions)
    said = _said(row)
    new = {opinion.nomination_id: _words(opinion, pairs) for opinion in one.opinions}
    if new == said:
        return row
    objected = [opinion for opinion in one.opinions if opinion.reply == Reply.OBJECTED]
    is_new = any(said.get(opinion.nomination_id) != new[opinion.nomination_id] for opinion in objected)
    row.reply = Reply.OBJECTED if objected else Reply.AGREED
    row.text = "；".join(f"{_name(pairs, opinion)}：{opinion.text.strip()}" for opinion in objected)[:500]
    row.replied_on, row.replied_by = on, by
    if is_new or not objected:
        row.handling = ""  # the rest was answered already
    row.save()
    record("consultation.reply", row, by=by, at=at, details={"reply": f"{row.reply}"})
    changed = {number: words for number, words in new.items() if said.get(number) != words}
    row.people.filter(Q(nomination__in=changed) | ~Q(nomination__in=new)).update(is_current=False)
    for nomination_id, words in changed.items():
        _keep(row, nomination_id, words, by=by, at=at)
    meet(row, REPLY_KIND, on=on)
    settle_steps(row.proposal.run.campaign, on=on)
    if is_new:
        _notify_owner(row, at=at)
    return row


def _check(row: Consultation, opinions: Sequence[PersonOpinion]) -> dict[int, ProposalPair]:
    """The people asked about, each with the post; each is answered, and each objection says why."""
    rows = pairs_shown(row).select_related("nomination__person")
    pairs = {pair.nomination_id: pair for pair in rows}
    if sorted(pairs) != sorted(opinion.nomination_id for opinion in opinions):
        raise StepError(_("%(unit)s的人选已有变化。请刷新页面，按当前名单答复。") % {"unit": row.unit.name})
    for opinion in opinions:
        if opinion.reply == Reply.OBJECTED and not opinion.text.strip():
            raise ReasonMissingError(_("对%(name)s有异议的，请写明理由。") % {"name": _name(pairs, opinion)})
    return pairs


def _name(pairs: Mapping[int, ProposalPair], opinion: PersonOpinion) -> str:
    return pairs[opinion.nomination_id].nomination.person.name


Words = tuple[str, str, int | None]
"""Reply, reason and the post that it is about."""


def _words(opinion: PersonOpinion, pairs: Mapping[int, ProposalPair]) -> Words:
    text = opinion.text.strip() if opinion.reply == Reply.OBJECTED else ""
    return opinion.reply, text, pairs[opinion.nomination_id].campaign_post_id


def _said(row: Consultation) -> dict[int, Words]:
    """What was said since the unit was last asked, by nomination; earlier rounds count for nothing."""
    rows = row.people.filter(is_current=True)
    return {one.nomination_id: (one.reply, one.text, one.campaign_post_id) for one in rows}


def _keep(row: Consultation, nomination_id: int, words: Words, *, by: User, at: dt.datetime) -> None:
    """One person's reply with a trace of its own; the one before stays as history."""
    reply, text, post = words
    kept = PersonReply.objects.create(
        consultation=row,
        nomination_id=nomination_id,
        reply=reply,
        text=text,
        campaign_post_id=post,
        round=row.round,
        given_on=row.replied_on,
    )
    record("person_reply.give", kept, by=by, at=at, details={"reply": reply})


def _notify_owner(row: Consultation, *, at: dt.datetime) -> None:
    campaign = row.proposal.run.campaign
    path = reverse("decision:decision_detail", args=[campaign.pk])
    recipients = accounts_of([campaign.owner_unit], Role.ORGANISATION_DEPARTMENT)
    title = say("%(unit)s对拟派人选有异议", unit=row.unit.name)
    send_notice(recipients, title=title, body=row.text, path=path, at=at)
