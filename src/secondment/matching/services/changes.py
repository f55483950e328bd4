"""Change a proposal by hand: each change is checked against rules, locks, places and caps, and has an exact cost."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.holding import lapses_of_pairs
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.models import Campaign, CampaignPost, Nomination
from secondment.common.versions import lock_version
from secondment.matching.choices import LockKind, UnplacedKind
from secondment.matching.errors import LocksContradictError
from secondment.matching.models import Lock, Proposal, ProposalPair, Unplaced
from secondment.matching.rules import require_may_adjust
from secondment.matching.services.plans import Cost, Move, ProposalPlan
from secondment.matching.services.reviewing import lock_reviewed


def assign_person(
    proposal: Proposal,
    nomination: Nomination,
    campaign_post: CampaignPost,
    *,
    displaced: Nomination | None = None,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Give a person a post; `displaced`, if named, gives up the place and is without a post."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        move = plan.assigning(nomination.pk, campaign_post.pk, displaced=displaced.pk if displaced else None)
        return _apply(plan, move, "proposal.assign_person", by=by, at=at)


def swap_pair(
    proposal: Proposal,
    first: Nomination,
    second: Nomination,
    *,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Let two people with posts change places."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        return _apply(plan, plan.swapping(first.pk, second.pk), "proposal.swap_pair", by=by, at=at)


def unassign(
    proposal: Proposal, nomination: Nomination, *, version: int | None, by: User, at: dt.datetime
) -> Cost:
    """Take a person out of the proposal."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        return _apply(plan, plan.removing(nomination.pk), "proposal.unassign", by=by, at=at)


def lock_pair(pair: ProposalPair, *, reason: str = "", by: User, at: dt.datetime) -> Lock:
    """Keep this pair in every further run of the campaign; the same pair in other proposals is marked too."""
    with transaction.atomic():
        campaign = _campaign_for(pair.proposal, by=by)
        mine = Lock.objects.filter(nomination=pair.nomination, kind=LockKind.LOCK)
        if mine.exclude(campaign_post=pair.campaign_post).exists():
            raise LocksContradictError(_("该人选已锁定在另一个岗位。请先解除那项锁定。"))
        return _set_lock(
            campaign, pair.nomination, pair.campaign_post, LockKind.LOCK, reason=reason, by=by, at=at
        )


def forbid_pair(
    proposal: Proposal,
    nomination: Nomination,
    campaign_post: CampaignPost,
    *,
    reason: str = "",
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Rule a pair out for every further run; when it is in this proposal, it is taken out at its cost."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        cost = Cost(0.0, 0)
        if plan.post_of.get(nomination.pk) == campaign_post.pk:
            cost = _apply(plan, plan.removing(nomination.pk), "proposal.unassign", by=by, at=at)
        _set_lock(
            proposal.run.campaign, nomination, campaign_post, LockKind.FORBID, reason=reason, by=by, at=at
        )
        return cost


def clear_lock(lock: Lock, *, by: User, at: dt.datetime) -> None:
    """Let the computation decide about this pair again."""
    with transaction.atomic():
        campaign = lock.campaign
        require_may_adjust(by, campaign)
        lock_reviewed(campaign)
        record("lock.clear", lock, by=by, at=at)
        _mark(lock.nomination, lock.campaign_post, is_locked=False)
        lock.delete()


def _open(proposal: Proposal, *, version: int | None, by: User) -> ProposalPlan:
    """The proposal locked for a change, with its right, state and version checked."""
    _campaign_for(proposal, by=by)
    locked = lock_version(proposal, version=version)
    locked.run = proposal.run
    return ProposalPlan(locked)


def _campaign_for(proposal: Proposal, *, by: User) -> Campaign:
    campaign = proposal.run.campaign
    require_may_adjust(by, campaign)
    proposal.run.campaign = lock_reviewed(campaign)
    return proposal.run.campaign


def _apply(plan: ProposalPlan, move: Move, action: str, *, by: User, at: dt.datetime) -> Cost:
    plan.check(move)
    proposal = plan.proposal
    refuse_lapsed(lapses_of_pairs(proposal.run.campaign, _rows(move)))
    cost = plan.cost(move)
    leaving = [nomination for nomination, _post in move.removed]
    proposal.pairs.filter(nomination__in=leaving).delete()
    ProposalPair.objects.bulk_create([_pair(plan, nomination, post) for nomination, post in move.added])
    placed = {nomination for nomination, _post in move.added}
    proposal.unplaced.filter(nomination__in=placed).delete()
    Unplaced.objects.bulk_create(
        Unplaced(proposal=proposal, nomination_id=one, kind=UnplacedKind.MANUAL)
        for one in leaving
        if one not in placed
    )
    proposal.total_score = plan.total(plan.after(move))
    proposal.save()
    record(
        action,
        proposal,
        by=by,
        at=at,
        details={"removed": move.removed, "added": move.added, "score": cost.score, "places": cost.places},
    )
    return cost


def _rows(move: Move) -> list[tuple[Nomination, CampaignPost]]:
    """The people and posts that a move brings together."""
    nominations = Nomination.objects.select_related("person__unit", "home_unit")
    posts = CampaignPost.objects.select_related("post__host_unit")
    return [(nominations.get(pk=one), posts.get(pk=post)) for one, post in move.added]


def _pair(plan: ProposalPlan, nomination: int, post: int) -> ProposalPair:
    row = plan.row_of((nomination, post))
    known = (
        ProposalPair.objects.filter(proposal__run=plan.proposal.run_id, campaign_post=post)
        .exclude(alternatives=[])
        .values_list("alternatives", flat=True)
        .first()
    )
    return ProposalPair(
        proposal=plan.proposal,
        nomination_id=nomination,
        campaign_post_id=post,
        score=float(plan.problem.score[row]),
        components=plan.snapshot.components_of(row),
        alternatives=[one for one in known or [] if one["nomination"] != nomination],
        is_manual=True,
    )


def _set_lock(
    campaign: Campaign,
    nomination: Nomination,
    campaign_post: CampaignPost,
    kind: LockKind,
    *,
    reason: str,
    by: User,
    at: dt.datetime,
) -> Lock:
    lock, _is_new = Lock.objects.update_or_create(
        nomination=nomination,
        campaign_post=campaign_post,
        defaults={"campaign": campaign, "kind": kind, "reason": reason, "by": by},
    )
    _mark(nomination, campaign_post, is_locked=kind == LockKind.LOCK)
    details = {"nomination": nomination.pk, "campaign_post": campaign_post.pk, "kind": str(kind)}
    record("lock.set", lock, by=by, at=at, details=details)
    return lock


def _mark(nomination: Nomination, campaign_post: CampaignPost, *, is_locked: bool) -> None:
    ProposalPair.objects.filter(nomination=nomination, campaign_post=campaign_post).update(
        is_locked=is_locked
    )
