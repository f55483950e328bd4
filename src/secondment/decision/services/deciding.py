"""The collective decision: who goes where, kept together with what was proposed, and the placements it creates."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.holding import lapses_of_pairs
from secondment.campaigns.lapses import refuse_lapsed, shorten
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.campaigns.services.notifying import end_preferences
from secondment.campaigns.services.transitions import advance, check_state
from secondment.campaigns.states import TRANSITIONS
from secondment.decision.checks import (
    decision_obstacles,
    refuse_before_plan,
    refuse_before_withdrawal,
    refuse_first,
)
from secondment.decision.errors import (
    FutureDateError,
    IneligibleError,
    NoProposalError,
    PostFullError,
    ReasonMissingError,
)
from secondment.decision.models import Decision, DecisionItem
from secondment.decision.queries import live_nominations
from secondment.decision.services.afterwards import (
    Afterwards,
    check_afterwards,
    owe_steps,
    steps_left_out,
)
from secondment.decision.services.consultation import end_consultation
from secondment.decision.services.locking import locked_campaign
from secondment.matching.certificates import fingerprint_of
from secondment.matching.models import Proposal
from secondment.matching.services.interventions import proposed_posts
from secondment.placements.services import NewPlacement, create_placements


@dataclass(frozen=True)
class Meeting:
    """Where and when it was decided, and under which number."""

    name: str
    number: str
    decided_on: dt.date


@dataclass(frozen=True)
class DecidedPair:
    """A person and the post decided on; no post: the person is not sent."""

    nomination_id: int
    campaign_post_id: int | None
    reason: str = ""


@dataclass(frozen=True)
class _Rows:
    """What the decided pairs are about, by id."""

    nominations: Mapping[int, Nomination]
    posts: Mapping[int, CampaignPost]


@transaction.atomic
def decide_campaign(
    proposal: Proposal,
    meeting: Meeting,
    pairs: Sequence[DecidedPair],
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    afterwards: Afterwards | None = None,
) -> Decision:
    """Record the decision and make its placements, all or nothing.

    With `afterwards`, where the programme allows it, steps not done yet follow: each is owed by a day. Who may be sent
    is checked all the same.
    """
    campaign = locked_campaign(proposal, by=by)
    action = "decide_urgently" if afterwards else "decide_campaign"
    check_state(campaign, *TRANSITIONS[action][0])
    if afterwards:
        check_afterwards(campaign, afterwards)
    if meeting.decided_on > on:
        raise FutureDateError(_("决定日期不能晚于今天。"), field="decided_on")
    refuse_before_plan(proposal, meeting.decided_on, field="decided_on")
    refuse_before_withdrawal(campaign, meeting.decided_on, field="decided_on")
    sent = [pair for pair in pairs if pair.campaign_post_id is not None]
    people = [pair.nomination_id for pair in sent]
    left_out = steps_left_out(proposal, people, decided_on=meeting.decided_on) if afterwards else []
    if not afterwards:
        refuse_first(decision_obstacles(proposal, people, decided_on=meeting.decided_on))
    rows = _rows_of(campaign)
    _check_people(pairs, rows)
    _check_places(sent, rows)
    refuse_lapsed(lapses_of_pairs(campaign, _planned(sent, rows)))
    computed = proposed_posts(proposal)
    _check_reasons(pairs, rows, computed)
    details: dict[str, object] = {"number": meeting.number, "n_sent": len(sent)}
    if afterwards:
        details |= {"leaders": afterwards.leaders.strip(), "reason": afterwards.reason.strip()}
        details["left_out"] = [str(step) for step in left_out]
        end_preferences(campaign, on=on)
    advance(campaign, action, by=by, at=at, details=details)
    if not afterwards:
        end_consultation(campaign, on)
    proposed = {one: post for one, post in computed.items() if post in rows.posts}  # others were taken out
    decision = _keep(campaign, proposal, meeting, pairs, proposed, afterwards, by=by)
    if afterwards:
        owe_steps(decision, left_out)
    create_placements(
        campaign,
        [_new_placement(rows, pair) for pair in sent],
        decision_number=meeting.number,
        by=by,
        at=at,
    )
    return decision


def _rows_of(campaign: Campaign) -> _Rows:
    posts = CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit")
    return _Rows(
        {one.pk: one for one in live_nominations(campaign)},
        {one.pk: one for one in posts},
    )


def _check_people(pairs: Sequence[DecidedPair], rows: _Rows) -> None:
    """Everyone is a live nomination of the campaign, named once, and goes to one of its posts."""
    counted = Counter(pair.nomination_id for pair in pairs)
    if not pairs:
        raise NoProposalError(_("决定中没有人选。"))
    gone = Nomination.objects.filter(pk__in=set(counted) - set(rows.nominations))
    if names := [one.person.name for one in gone.select_related("person")]:
        raise IneligibleError(
            _("%(names)s的推荐已撤回。请退回匹配，调整方案后再决定。") % {"names": shorten(names)}
        )
    if max(counted.values()) > 1:
        names = [rows.nominations[number].person.name for number, n in counted.items() if n > 1]
        raise IneligibleError(_("%(names)s在决定中重复出现。请只保留一行。") % {"names": shorten(names)})
    if any(pair.campaign_post_id not in rows.posts for pair in pairs if pair.campaign_post_id is not None):
        raise IneligibleError(_("决定中有不属于本批次的岗位。请从本批次岗位中选择。"))


def _check_places(sent: Sequence[DecidedPair], rows: _Rows) -> None:
    counted = Counter(pair.campaign_post_id for pair in sent)
    for number, n_people in counted.items():
        post = rows.posts[number or 0].post
        if n_people > post.headcount:
            raise PostFullError(
                _("%(post)s只需 %(places)d 人，决定中安排 %(n)d 人。请调整。")
                % {"post": post, "places": post.headcount, "n": n_people}
            )


def _planned(sent: Sequence[DecidedPair], rows: _Rows) -> list[tuple[Nomination, CampaignPost]]:
    return [(rows.nominations[one.nomination_id], rows.posts[one.campaign_post_id or 0]) for one in sent]


def _check_reasons(pairs: Sequence[DecidedPair], rows: _Rows, computed: Mapping[int, int]) -> None:
    missing = [
        rows.nominations[pair.nomination_id].person.name
        for pair in pairs
        if pair.campaign_post_id != computed.get(pair.nomination_id) and not pair.reason.strip()
    ]
    if missing:
        raise ReasonMissingError(
            _("%(names)s的决定与计算建议不同，须写明理由。") % {"names": shorten(missing)}
        )


def _keep(
    campaign: Campaign,
    proposal: Proposal,
    meeting: Meeting,
    pairs: Sequence[DecidedPair],
    proposed: Mapping[int, int],
    afterwards: Afterwards | None,
    *,
    by: User,
) -> Decision:
    decision = Decision.objects.create(
        campaign=campaign,
        version=campaign.decisions.count() + 1,
        proposal=proposal,
        meeting=meeting.name,
        number=meeting.number,
        decided_on=meeting.decided_on,
        leaders=afterwards.leaders.strip() if afterwards else "",
        afterwards_reason=afterwards.reason.strip() if afterwards else "",
        certificate=fingerprint_of(proposal),
        recorded_by=by,
    )
    DecisionItem.objects.bulk_create(
        [
            DecisionItem(
                decision=decision,
                nomination_id=pair.nomination_id,
                campaign_post_id=pair.campaign_post_id,
                proposed_post_id=proposed.get(pair.nomination_id),
                reason=pair.reason.strip(),
            )
            for pair in pairs
        ],
        batch_size=500,
    )
    return decision


def _new_placement(rows: _Rows, pair: DecidedPair) -> NewPlacement:
    nomination = rows.nominations[pair.nomination_id]
    post = rows.posts[pair.campaign_post_id or 0].post
    return NewPlacement(nomination.person, post, nomination.home_unit, nomination.purpose)
