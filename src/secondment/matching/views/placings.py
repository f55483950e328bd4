"""What it would take: everybody for one post, every post for one person."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.campaigns.queries import nominations_of, posts_of
from secondment.campaigns.rules import rules_kept_from
from secondment.campaigns.services.eligibility import note_finding_looks
from secondment.common.keys import number_in
from secondment.matching.chain_lines import Telling
from secondment.matching.obstacle_lines import verdict_lines, wishes_of
from secondment.matching.placings import CANDIDATES, POSTS, placing_rows
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.what_if import WhatIf
from secondment.matching.views.proposals import find_proposal, frame_of


@require_GET
def post_candidates(request: SignedInRequest, pk: int, post: int) -> HttpResponse:
    """Everybody whom the rules allow at the post, and what each would take."""
    proposal = find_proposal(request, pk)
    found = get_object_or_404(posts_of(proposal.run.campaign), pk=post)
    plan = ProposalPlan(proposal, rules_kept_from(request.user, proposal.run.campaign))
    asked = WhatIf(plan, post=_known(plan.snapshot.post_of, post))
    pairs = proposal.pairs.filter(campaign_post=post).select_related("nomination__person")
    return CANDIDATES.respond(
        request,
        placing_rows(asked),
        "matching/post_candidates.html",
        {**frame_of(request, proposal, ""), "post": found, "pairs": pairs, "n_by_hand": len(asked.fixed)},
        on_export=exporting(request, "proposal.export", proposal),
    )


@require_GET
def person_posts(request: SignedInRequest, pk: int, nomination: int) -> HttpResponse:
    """Every post that the rules allow the person, and what each would take."""
    proposal = find_proposal(request, pk)
    found = get_object_or_404(nominations_of(proposal.run.campaign), pk=nomination)
    plan = ProposalPlan(proposal, rules_kept_from(request.user, proposal.run.campaign))
    asked = WhatIf(plan, person=_known(plan.snapshot.person_of, nomination))
    held = plan.post_of.get(nomination)
    without = asked.without_pair(plan.indices((nomination, held))) if held else None
    context = {
        **frame_of(request, proposal, ""),
        "nomination": found,
        "pair": proposal.pairs.filter(nomination=nomination)
        .select_related("campaign_post__post__host_unit")
        .first(),
        "without": Telling(plan, [without]).line(without, is_without=True) if without else None,
        "n_by_hand": len(asked.fixed),
    }
    return POSTS.respond(
        request,
        placing_rows(asked),
        "matching/person_posts.html",
        context,
        on_export=exporting(request, "proposal.export", proposal),
    )


def _known(rows: dict[int, int], key: int) -> int:
    """The row of the snapshot; whoever came after the run is not in its plan."""
    if key not in rows:
        raise Http404
    return rows[key]


@require_GET
def person_obstacles(request: SignedInRequest, pk: int, nomination: int) -> HttpResponse:
    """What excludes the person from a wish, or from any other post: the fewest rules, and the least that would give way."""
    proposal = find_proposal(request, pk)
    campaign = proposal.run.campaign
    found = get_object_or_404(nominations_of(campaign), pk=nomination)
    posts = posts_of(campaign)
    wishes = wishes_of(found)
    asked = number_in(request.GET.get("post", ""))
    post = get_object_or_404(posts, pk=asked) if asked else next(iter(wishes), None)
    plan = ProposalPlan(proposal, rules_kept_from(request.user, campaign))
    if post:
        note_finding_looks([found.person], **acting(request))
    context = {
        **frame_of(request, proposal, ""),
        "nomination": found,
        "wishes": wishes,
        "posts": posts.order_by("post__host_unit__path", "pk"),
        "post": post,
        "held": plan.post_of.get(found.pk),
        "lines": verdict_lines(plan, found, post) if post else None,
    }
    return render(request, "matching/person_obstacles.html", context)
