"""Change a proposal by hand: each change is checked against rules, locks, places and caps, and has an exact cost."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.assignment.problem import Pair
from secondment.audit.services import record
from secondment.campaigns.holding import lapses_of_pairs
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.common.versions import lock_version
from secondment.matching.choices import InterventionKind, LockKind, UnplacedKind
from secondment.matching.errors import LocksContradictError, NotAdmissibleError, NotUndoableError
from secondment.matching.models import Intervention, Lock, Proposal, ProposalPair, Unplaced
from secondment.matching.rules import require_may_adjust
from secondment.matching.services.exact_costs import exact_move
from secondment.matching.services.interventions import NOTHING, Deed, checked_reason, note_down
from secondment.matching.services.plans import Cost, Move, ProposalPlan
from secondment.matching.services.reviewing import lock_reviewed
from secondment.matching.services.what_if import WhatIf

SETS = {InterventionKind.LOCK: LockKind.LOCK, InterventionKind.FORBID: LockKind.FORBID}
"""Interventions that leave a lock or prohibition behind."""


def assign_person(
    proposal: Proposal,
    nomination: Nomination,
    campaign_post: CampaignPost,
    *,
    displaced: Nomination | None = None,
    reason: str,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Give a person a post; `displaced`, if named, gives up the place and is without a post."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        move = plan.assigning(nomination.pk, campaign_post.pk, displaced=displaced.pk if displaced else None)
        deed = Deed(InterventionKind.ASSIGN, by, at, checked_reason(reason))
        return _apply(plan, move, "proposal.assign_person", deed)


def rearrange(
    proposal: Proposal,
    nomination: Nomination,
    campaign_post: CampaignPost,
    *,
    reason: str,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Give a person a post and move the others as it costs least, as the page told it."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        plan.check_admissible((nomination.pk, campaign_post.pk))
        move = _rearranging(plan, (nomination.pk, campaign_post.pk))
        deed = Deed(InterventionKind.REARRANGE, by, at, checked_reason(reason))
        return _apply(plan, move, "proposal.rearrange", deed)


def _rearranging(plan: ProposalPlan, pair: Pair) -> Move:
    """What it takes to bring the person to the post; under side rules what a search of its own has found."""
    if not plan.is_for_best_total:
        raise NotAdmissibleError(_("本方案不按总匹配度最高安排，不能自动调整其余人选。请直接对调、替换。"))
    if plan.snapshot.side_rules:
        found = exact_move(plan, pair)
        if found is None:
            raise NotAdmissibleError(
                _("本方案有附加规则，须先“计算精确代价”，找到遵守全部规则的调整后才能按它调整。")
            )
        return found
    rows = plan.indices(pair)
    answer = WhatIf(plan, person=rows[0], post=rows[1]).with_pair(rows)
    if answer is None:
        raise NotAdmissibleError(_("在保留其他人工安排的前提下，此人不能安排到该岗位。请先解除有关锁定。"))
    return plan.carrying_out(answer.chain)


def swap_pair(
    proposal: Proposal,
    first: Nomination,
    second: Nomination,
    *,
    reason: str,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Let two people with posts change places."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        deed = Deed(InterventionKind.SWAP, by, at, checked_reason(reason))
        return _apply(plan, plan.swapping(first.pk, second.pk), "proposal.swap_pair", deed)


def unassign(
    proposal: Proposal,
    nomination: Nomination,
    *,
    reason: str,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Take a person out of the proposal."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        deed = Deed(InterventionKind.UNASSIGN, by, at, checked_reason(reason))
        return _apply(plan, plan.removing(nomination.pk), "proposal.unassign", deed)


def lock_pair(pair: ProposalPair, *, reason: str, by: User, at: dt.datetime) -> Lock:
    """Keep this pair in every further run of the campaign; the same pair in other proposals is marked too."""
    with transaction.atomic():
        proposal = _locked(pair.proposal, version=None, by=by)
        mine = Lock.objects.filter(nomination=pair.nomination, kind=LockKind.LOCK)
        if same := mine.filter(campaign_post=pair.campaign_post).first():
            return same
        if mine.exclude(campaign_post=pair.campaign_post).exists():
            raise LocksContradictError(_("该人选已锁定在另一个岗位。请先解除那项锁定。"))
        deed = Deed(InterventionKind.LOCK, by, at, checked_reason(reason))
        note_down(proposal, deed, pair=(pair.nomination_id, pair.campaign_post_id))
        return _set_lock(proposal, pair.nomination, pair.campaign_post, LockKind.LOCK, deed)


def forbid_pair(
    proposal: Proposal,
    nomination: Nomination,
    campaign_post: CampaignPost,
    *,
    reason: str,
    version: int | None,
    by: User,
    at: dt.datetime,
) -> Cost:
    """Rule a pair out for every further run; when it is in this proposal, it is taken out at its cost."""
    with transaction.atomic():
        plan = _open(proposal, version=version, by=by)
        pair = (nomination.pk, campaign_post.pk)
        deed = Deed(InterventionKind.FORBID, by, at, checked_reason(reason))
        is_in_plan = plan.post_of.get(nomination.pk) == campaign_post.pk
        if pair in plan.forbidden and not is_in_plan:
            return Cost(0.0, 0)
        move = plan.removing(nomination.pk) if is_in_plan else NOTHING
        cost = _apply(plan, move, "proposal.forbid_pair", deed, pair=pair)
        _set_lock(plan.proposal, nomination, campaign_post, LockKind.FORBID, deed)
        return cost


def clear_lock(lock: Lock, *, by: User, at: dt.datetime) -> None:
    """Let the computation decide about this pair again."""
    with transaction.atomic():
        require_may_adjust(by, lock.campaign)
        lock_reviewed(lock.campaign)
        if lock.proposal is not None:
            pair = (lock.nomination_id, lock.campaign_post_id)
            note_down(_held(lock.proposal), Deed(InterventionKind.CLEAR, by, at), pair=pair)
        _clear(lock, by=by, at=at)


def undo_intervention(intervention: Intervention, *, version: int | None, by: User, at: dt.datetime) -> Cost:
    """Take an intervention back by the reverse move, which the same rules judge and which is noted in its turn."""
    with transaction.atomic():
        plan = _open(intervention.proposal, version=version, by=by)
        intervention = plan.proposal.interventions.select_for_update().get(pk=intervention.pk)
        if not intervention.is_undoable:
            raise NotUndoableError(
                _("第 %(n)d 项已经撤销，或是撤销、解除本身，不能再撤销。请重新作出调整。")
                % {"n": intervention.number}
            )
        if intervention.kind in SETS:
            _clear(_own_lock(intervention), by=by, at=at)
        plan = ProposalPlan(plan.proposal)
        deed = Deed(InterventionKind.UNDO, by, at, undoes=intervention)
        cost = _apply(plan, plan.reversing(intervention), "proposal.undo", deed, pair=_pair_of(intervention))
        _bring_back(plan.proposal, intervention)
        return cost


def _open(proposal: Proposal, *, version: int | None, by: User) -> ProposalPlan:
    """The proposal locked for a change, with its right, state and version checked."""
    return ProposalPlan(_locked(proposal, version=version, by=by))


def _locked(proposal: Proposal, *, version: int | None, by: User) -> Proposal:
    require_may_adjust(by, proposal.run.campaign)
    proposal.run.campaign = lock_reviewed(proposal.run.campaign)
    locked = lock_version(proposal, version=version)
    locked.run = proposal.run
    return locked


def _held(proposal: Proposal) -> Proposal:
    """The row, so that interventions are numbered one after another."""
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _apply(plan: ProposalPlan, move: Move, action: str, deed: Deed, *, pair: Pair | None = None) -> Cost:
    plan.check(move)
    proposal = plan.proposal
    refuse_lapsed(lapses_of_pairs(proposal.run.campaign, _rows(move)))
    cost = plan.cost(move)
    coming = [_pair(plan, nomination, post) for nomination, post in move.added]
    leaving = [nomination for nomination, _post in move.removed]
    placed = {nomination for nomination, _post in move.added}
    waiting = proposal.unplaced.filter(nomination__in=placed)
    kept = list(waiting.values("nomination_id", "kind", "facts", "reason"))
    note_down(proposal, deed, pair=pair, move=move, cost=cost, unplaced=kept)
    waiting.delete()
    proposal.pairs.filter(nomination__in=leaving).delete()
    ProposalPair.objects.bulk_create(coming)
    Unplaced.objects.bulk_create(
        Unplaced(proposal=proposal, nomination_id=one, kind=UnplacedKind.MANUAL)
        for one in leaving
        if one not in placed
    )
    proposal.total_score = plan.total(plan.after(move))
    proposal.save()
    details = {"removed": move.removed, "added": move.added, "score": cost.score, "places": cost.places}
    record(action, proposal, by=deed.by, at=deed.at, details=details | {"reason": deed.reason})
    return cost


def _bring_back(proposal: Proposal, intervention: Intervention) -> None:
    """Why people had no post before they were given one by what is undone."""
    for one in intervention.unplaced:
        values = {name: value for name, value in one.items() if name != "nomination_id"}
        proposal.unplaced.filter(nomination=one["nomination_id"]).update(**values)


def _own_lock(intervention: Intervention) -> Lock:
    """The lock or prohibition that this very intervention has set; refused when it no longer stands."""
    nomination, post = intervention.pair
    found = Lock.objects.filter(
        nomination=nomination,
        campaign_post=post,
        kind=SETS[InterventionKind(intervention.kind)],
        proposal=intervention.proposal_id,
        by=intervention.by_id,
        at=intervention.at,
    ).first()
    if found is None:
        raise NotUndoableError(
            _("第 %(n)d 项设定的锁定或排除已经解除，现有的由他人或在其他方案中设定。请在“锁定与排除”中查看。")
            % {"n": intervention.number}
        )
    return found


def _pair_of(intervention: Intervention) -> Pair | None:
    return (intervention.pair[0], intervention.pair[1]) if intervention.pair else None


def _rows(move: Move) -> list[tuple[Nomination, CampaignPost]]:
    """The people and posts that a move brings together."""
    nominations = Nomination.objects.select_related("person__unit", "home_unit")
    posts = CampaignPost.objects.select_related("post__host_unit")
    return [(nominations.get(pk=one), posts.get(pk=post)) for one, post in move.added]


def _pair(plan: ProposalPlan, nomination: int, post: int) -> ProposalPair:
    """A pair of the plan; the one that the run has computed is no work of hand."""
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
        is_manual=not plan.is_computed((nomination, post)),
    )


def _set_lock(
    proposal: Proposal, nomination: Nomination, campaign_post: CampaignPost, kind: LockKind, deed: Deed
) -> Lock:
    lock, _is_new = Lock.objects.update_or_create(
        nomination=nomination,
        campaign_post=campaign_post,
        defaults={
            "campaign": proposal.run.campaign,
            "kind": kind,
            "reason": deed.reason,
            "proposal": proposal,
            "by": deed.by,
            "at": deed.at,
        },
    )
    _mark(nomination, campaign_post, is_locked=kind == LockKind.LOCK)
    details = {"nomination": nomination.pk, "campaign_post": campaign_post.pk, "kind": str(kind)}
    record("lock.set", lock, by=deed.by, at=deed.at, details=details | {"reason": deed.reason})
    return lock


def _clear(lock: Lock, *, by: User, at: dt.datetime) -> None:
    record("lock.clear", lock, by=by, at=at)
    _mark(lock.nomination, lock.campaign_post, is_locked=False)
    lock.delete()


def _mark(nomination: Nomination, campaign_post: CampaignPost, *, is_locked: bool) -> None:
    ProposalPair.objects.filter(nomination=nomination, campaign_post=campaign_post).update(
        is_locked=is_locked
    )
