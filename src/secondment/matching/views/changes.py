"""Changes by hand: first what each way would cost, then the change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.rules import rules_kept_from
from secondment.common.keys import number_in
from secondment.matching.choices import PairQuestion
from secondment.matching.exact_page import question_of
from secondment.matching.figures import signed_text
from secondment.matching.forms import ChangeForm
from secondment.matching.models import Proposal
from secondment.matching.queries import interventions_visible_to, locks_visible_to, pairs_visible_to
from secondment.matching.rules import can_match
from secondment.matching.services.changes import (
    assign_person,
    clear_lock,
    forbid_pair,
    lock_pair,
    rearrange,
    swap_pair,
    unassign,
    undo_intervention,
)
from secondment.matching.services.plans import Cost, ProposalPlan
from secondment.matching.view_models import admissible_posts, answer_for, options_for, suggestions_for
from secondment.matching.views.proposals import find_proposal


@require_GET
def move_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where a person may go; with a post named, every way there and its cost."""
    proposal = find_proposal(request, pk)
    people = Nomination.objects.filter(campaign=proposal.run.campaign_id).select_related(
        "person", "home_unit"
    )
    nomination = get_object_or_404(people, pk=_number(request, "nomination"))
    kept = rules_kept_from(request.user, proposal.run.campaign)
    unplaced = proposal.unplaced.filter(nomination=nomination).first()
    context: dict[str, Any] = {
        "proposal": proposal,
        "campaign": proposal.run.campaign,
        "nomination": nomination,
        "pair": proposal.pairs.filter(nomination=nomination)
        .select_related("campaign_post__post__host_unit")
        .first(),
        "reason": unplaced.reason_for(kept) if unplaced else "",
        "can_match": can_match(request.user, proposal.run.campaign),
    }
    plan = ProposalPlan(proposal, kept)
    if request.GET.get("post"):
        posts = CampaignPost.objects.filter(campaign=proposal.run.campaign_id).select_related(
            "post__host_unit"
        )
        post = get_object_or_404(posts, pk=_number(request, "post"))
        context |= {
            "post": post,
            "options": options_for(plan, nomination, post),
            "answer": answer_for(plan, nomination, post),
            "question": question_of(plan, nomination.pk, post.pk, PairQuestion.WITH)
            if plan.known_indices((nomination.pk, post.pk))
            else None,
        }
    else:
        context |= {
            "suggestions": suggestions_for(plan, nomination),
            "posts": admissible_posts(plan, nomination),
        }
    is_fragment = request.headers.get("HX-Target") == "panel-body"
    return render(request, "matching/_move.html" if is_fragment else "matching/move_preview.html", context)


@require_POST
def person_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    proposal, values = _proposed_change(request, pk)
    cost = assign_person(
        proposal,
        values["nomination"],
        _needed(values["campaign_post"]),
        displaced=values["other"],
        reason=values["reason"],
        version=values["version"],
        **acting(request),
    )
    return _changed(request, proposal, cost)


@require_POST
def pair_swap(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let two people change places."""
    proposal, values = _proposed_change(request, pk)
    cost = swap_pair(
        proposal,
        values["nomination"],
        _needed(values["other"]),
        reason=values["reason"],
        version=values["version"],
        **acting(request),
    )
    return _changed(request, proposal, cost)


@require_POST
def person_rearrange(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a post and move the others as it costs least."""
    proposal, values = _proposed_change(request, pk)
    cost = rearrange(
        proposal,
        values["nomination"],
        _needed(values["campaign_post"]),
        reason=values["reason"],
        version=values["version"],
        **acting(request),
    )
    return _changed(request, proposal, cost)


@require_POST
def person_unassign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a person out of the proposal."""
    proposal, values = _proposed_change(request, pk)
    cost = unassign(
        proposal, values["nomination"], reason=values["reason"], version=values["version"], **acting(request)
    )
    return _changed(request, proposal, cost)


@require_POST
def pair_forbid(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rule a pair out."""
    proposal, values = _proposed_change(request, pk)
    cost = forbid_pair(
        proposal,
        values["nomination"],
        _needed(values["campaign_post"]),
        reason=values["reason"],
        version=values["version"],
        **acting(request),
    )
    return _changed(request, proposal, cost)


@require_POST
def pair_lock(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a pair."""
    pair = get_object_or_404(pairs_visible_to(request.user), pk=pk)
    lock_pair(pair, reason=request.POST.get("reason", ""), **acting(request))
    messages.success(request, _("已锁定。以后的计算都会保留该项安排。"))
    return redirect("matching:pair_detail", pair.proposal_id, pair.pk)


@require_POST
def lock_clear(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the computation decide again."""
    lock = get_object_or_404(locks_visible_to(request.user), pk=pk)
    clear_lock(lock, **acting(request))
    messages.success(request, _("已解除。以后的计算可以重新安排。"))
    return redirect("matching:campaign_detail", lock.campaign_id)


@require_POST
def intervention_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one thing back that was done by hand."""
    found = get_object_or_404(interventions_visible_to(request.user), pk=pk)
    version = number_in(request.POST.get("version", ""))
    cost = undo_intervention(found, version=version, **acting(request))
    messages.success(request, _("已撤销第 %(n)d 项。") % {"n": found.number} + cost_text(cost))
    return redirect("matching:intervention_list", found.proposal_id)


def cost_text(cost: Cost) -> str:
    """What the change did, in one sentence."""
    text = _("总匹配度变化 %(score)s 分") % {"score": signed_text(cost.score)}
    if cost.places:
        text += _("，填补岗位 %(places)+d 个") % {"places": cost.places}
    return text + _("。")


def _proposed_change(request: SignedInRequest, pk: int) -> tuple[Proposal, dict[str, Any]]:
    """The proposal and the checked change; a form that no page of ours sends is not found."""
    proposal = find_proposal(request, pk)
    form = ChangeForm(request.POST, proposal=proposal)
    if not form.is_valid():
        raise Http404
    return proposal, form.cleaned_data


def _needed(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _number(request: SignedInRequest, name: str) -> int:
    if number := number_in(request.GET.get(name, "")):
        return number
    raise Http404


def _changed(request: SignedInRequest, proposal: Proposal, cost: Cost) -> HttpResponse:
    messages.success(request, _("已调整。") + cost_text(cost))
    return redirect("matching:proposal_detail", proposal.pk)
