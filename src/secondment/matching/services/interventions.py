"""What people did to a proposal: noted in order with cost and reason; earlier versions follow from it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.assignment.problem import Pair
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.matching.choices import InterventionKind, Principle
from secondment.matching.errors import ReasonMissingError
from secondment.matching.models import Intervention, MatchingRun, Proposal
from secondment.matching.services.plans import Cost, Move

MOST_REASON = 200
NOTHING = Move((), ())


@dataclass(frozen=True)
class Deed:
    """What somebody does by hand: the kind, who, when and why."""

    kind: InterventionKind
    by: User
    at: dt.datetime
    reason: str = ""
    undoes: Intervention | None = None


def checked_reason(reason: str) -> str:
    """The reason as it is kept; refused when it is empty or too long."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > MOST_REASON:
        raise ReasonMissingError(
            _("人工干预须写明理由，不超过 %(n)d 字；理由列入方案、决定材料。请填写后再确认。")
            % {"n": MOST_REASON}
        )
    return reason


def note_down(
    proposal: Proposal,
    deed: Deed,
    *,
    pair: Pair | None = None,
    move: Move = NOTHING,
    cost: Cost | None = None,
    unplaced: Sequence[Mapping[str, Any]] = (),
) -> Intervention:
    """Keep an intervention as the last one of its proposal, which is locked."""
    last = proposal.interventions.order_by("-number").values_list("number", flat=True).first()
    return Intervention.objects.create(
        proposal=proposal,
        number=(last or 0) + 1,
        kind=deed.kind,
        pair=list(pair or ()),
        removed=[list(one) for one in move.removed],
        added=[list(one) for one in move.added],
        unplaced=list(unplaced),
        score=cost.score if cost else 0.0,
        places=cost.places if cost else 0,
        reason=deed.reason,
        undoes=deed.undoes,
        by=deed.by,
        at=deed.at,
    )


def copy_interventions(proposal: Proposal, copy: Proposal) -> None:
    """A copy has the history of what it was copied from."""
    copied: dict[int, Intervention] = {}
    for one in proposal.interventions.order_by("number"):
        known = one.pk
        one.pk, one.proposal = None, copy
        one.undoes = copied.get(one.undoes_id) if one.undoes_id else None
        one.save()
        copied[known] = one


def plan_at(proposal: Proposal, number: int) -> dict[int, int]:
    """Nomination → campaign post after intervention `number` of the proposal; 0 is the plan as computed."""
    plan = dict(proposal.pairs.values_list("nomination_id", "campaign_post_id"))
    for one in proposal.interventions.filter(number__gt=number).order_by("-number"):
        for nomination, _post in one.added:
            plan.pop(nomination, None)
        plan.update(dict(one.removed))
    return plan


def computed_posts(proposal: Proposal) -> dict[int, int]:
    """Nomination id → campaign post id as the run computed, regardless of manual changes since.

    The run keeps its result as row numbers of its own snapshot; pairs of a proposal are replaced by changes.
    """
    kept = MatchingRun.objects.filter(pk=proposal.run_id)
    optimum, nominations, posts = kept.values_list(
        "report__optimum", "snapshot__nominations", "snapshot__posts"
    ).get()
    return {nominations[person]: posts[post] for person, post in optimum or ()}


def proposed_posts(proposal: Proposal) -> dict[int, int]:
    """What was proposed before anybody changed it: by the run, or by the principle that was chosen with its reason."""
    return computed_posts(proposal) if proposal.principle == Principle.BEST_TOTAL else plan_at(proposal, 0)


def unrecorded(proposal: Proposal) -> Move:
    """What was changed before changes were noted: between the plan of the run and where the record begins."""
    if proposal.principle != Principle.BEST_TOTAL:
        return NOTHING
    computed, begun = computed_posts(proposal).items(), plan_at(proposal, 0).items()
    if not computed:
        return NOTHING
    removed, added = computed - begun, begun - computed
    nominations = set(
        Nomination.objects.filter(pk__in={one for one, _post in removed}).values_list("pk", flat=True)
    )
    posts = set(
        CampaignPost.objects.filter(pk__in={post for _one, post in removed}).values_list("pk", flat=True)
    )
    # people and posts deleted since took their pairs with them; nobody changed those by hand
    known = ((one, post) for one, post in removed if one in nominations and post in posts)
    return Move(tuple(sorted(known)), tuple(sorted(added)))


def reasons_by_hand(proposal: Proposal) -> dict[int, str]:
    """Nomination → why the person was last moved by hand; what was taken back does not count."""
    rows = proposal.interventions.filter(undone_by=None).exclude(reason="").order_by("number")
    return {person: one.reason for one in rows for person, _post in [*one.removed, *one.added]}
