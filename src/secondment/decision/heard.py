"""Which answers count: an answer is about one person in one post, and counts only while the plan says the same."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext as _

from secondment.campaigns.choices import NominationState
from secondment.decision.choices import Party, Reply
from secondment.decision.models import Consultation, PersonReply
from secondment.matching.holding import live_pairs
from secondment.matching.models import Proposal, ProposalPair
from secondment.units.models import Unit


def unheard(proposal: Proposal, *, on: dt.date) -> tuple[list[Unit], list[Unit]]:
    """Units that may still reply, and those that were asked about something else than what the plan is now.

    Nobody, before anybody was asked: then the step as a whole is still to be done.
    """
    rows = {(one.unit_id, one.party): one for one in Consultation.objects.filter(proposal=proposal)}
    if not rows:
        return [], []
    about = PersonReply.objects.filter(consultation__proposal=proposal, is_current=True)
    said = set(about.values_list("consultation", "nomination", "campaign_post"))
    spoke = {consultation for consultation, _person, _post in said}
    waiting: dict[int, Unit] = {}
    unasked: dict[int, Unit] = {}
    for pair, party, unit in _sides(proposal):
        asked = rows.get((unit.pk, party))
        if asked and (asked.pk, pair.nomination_id, pair.campaign_post_id) in said:
            continue
        if asked is None or asked.is_withdrawn or asked.pk in spoke:
            unasked[unit.pk] = unit
        elif asked.reply == Reply.PENDING and asked.due_on is not None and asked.due_on >= on:
            waiting[unit.pk] = unit
    return list(waiting.values()), list(unasked.values())


def concerned(proposal: Proposal) -> QuerySet[Consultation]:
    """Units consulted that have people or posts in the current plan; replies of others are kept, but no longer awaited."""
    pairs = live_pairs(proposal).order_by()
    home = Q(party=Party.HOME, unit__in=pairs.values("nomination__home_unit"))
    host = Q(party=Party.HOST, unit__in=pairs.values("campaign_post__post__host_unit"))
    return Consultation.objects.filter(home | host, proposal=proposal).select_related("unit")


def open_objections(proposal: Proposal) -> QuerySet[Consultation]:
    """Units that object to somebody in the post that the plan names, and have no answer yet."""
    current = PersonReply.objects.filter(consultation=OuterRef("pk"), is_current=True)
    about = current.filter(
        reply=Reply.OBJECTED,
        nomination__state=NominationState.NOMINATED,
        nomination__pairs__proposal=proposal,
        nomination__pairs__campaign_post=F("campaign_post"),
    )
    rows = concerned(proposal).filter(reply=Reply.OBJECTED, handling="")
    return rows.filter(Exists(about) | (Q(is_withdrawn=False) & ~Exists(current)))


def people_asked_about(proposal: Proposal) -> QuerySet[Any]:
    """The people of a plan with what either side says about each in this post, and what it said of another post."""
    home, host = "nomination__home_unit", "campaign_post__post__host_unit"
    return live_pairs(proposal).annotate(
        home_reply=_said(Party.HOME, home, "reply"),
        home_text=_said(Party.HOME, home, "text"),
        home_before=_before(Party.HOME, home, "reply"),
        home_before_text=_before(Party.HOME, home, "text"),
        home_before_post=_before(Party.HOME, home, "post_name"),
        host_reply=_said(Party.HOST, host, "reply"),
        host_text=_said(Party.HOST, host, "text"),
        host_before=_before(Party.HOST, host, "reply"),
        host_before_text=_before(Party.HOST, host, "text"),
        host_before_post=_before(Party.HOST, host, "post_name"),
    )


def answer_before(reply: str, text: str, post: str) -> str:
    """An answer that does not count, in words; `post` where it was about another one."""
    said = str(Reply(reply).label)
    if text:
        said = _("%(said)s（%(text)s）") % {"said": said, "text": text}
    if post:
        return _("原对“%(post)s”岗位的答复：%(said)s") % {"post": post, "said": said}
    return _("上一轮答复：%(said)s") % {"said": said}


def _sides(proposal: Proposal) -> Iterator[tuple[ProposalPair, Party, Unit]]:
    for pair in live_pairs(proposal):
        yield pair, Party.HOME, pair.nomination.home_unit
        yield pair, Party.HOST, pair.campaign_post.post.host_unit


def _said(party: Party, unit: str, name: str) -> Coalesce:
    """The answer about the person in this post; a reply from before people were answered one by one counts for each."""
    asked = Consultation.objects.filter(proposal=OuterRef("proposal"), party=party, unit=OuterRef(unit))
    answered_at_once = asked.order_by().filter(is_withdrawn=False, people=None)
    about = _replies(party, unit).filter(is_current=True, campaign_post=OuterRef("campaign_post"))
    is_asked = asked.order_by().annotate(pending=Value(Reply.PENDING if name == "reply" else ""))
    return Coalesce(
        Subquery(about.values(name)[:1]),
        Subquery(answered_at_once.values(name)[:1]),
        Subquery(is_asked.values("pending")[:1]),
        Value(""),
    )


def _before(party: Party, unit: str, name: str) -> Coalesce:
    """The last answer that does not count: of an earlier round, or of another post."""
    counts = Q(is_current=True, campaign_post=OuterRef("campaign_post"))
    post = "campaign_post__post"
    named = Concat(f"{post}__host_unit__name", Value(" "), f"{post}__title")
    here = Q(campaign_post=None) | Q(campaign_post=OuterRef("campaign_post"))
    rows = _replies(party, unit).exclude(counts).order_by("-pk")
    earlier = rows.annotate(post_name=Case(When(here, then=Value("")), default=named))
    return Coalesce(Subquery(earlier.values(name)[:1]), Value(""))


def _replies(party: Party, unit: str) -> QuerySet[PersonReply]:
    rows = PersonReply.objects.filter(
        consultation__proposal=OuterRef("proposal"),
        consultation__party=party,
        consultation__unit=OuterRef(unit),
        nomination=OuterRef("nomination"),
    )
    return rows.order_by()
