"""Changes by hand: first what each way would cost, then the change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.queries import nominations_named, nominations_of, posts_named, posts_of
from secondment.campaigns.rules import rules_kept_from
from secondment.common.attempts import attempt_button
from secondment.common.keys import number_in
from secondment.matching.choices import PairQuestion
from secondment.matching.exact_page import question_of
from secondment.matching.figures import signed_count, signed_text
from secondment.matching.forms import ChangeForm
from secondment.matching.models import Proposal
from secondment.matching.queries import (
    interventions_visible_to,
    locks_visible_to,
    pairs_visible_to,
)
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
from secondment.matching.views.proposals import find_proposal, pair_page


@require_GET
def move_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where a person may go; with a post named, every way there and its cost."""
    proposal = find_proposal(request, pk)
    campaign = proposal.run.campaign
    nomination = get_object_or_404(nominations_of(campaign), pk=_number(request, "nomination"))
    post = (
        get_object_or_404(posts_of(campaign), pk=_number(request, "post"))
        if request.GET.get("post")
        else None
    )
    return _move_page(request, proposal, nomination.pk, post.pk if post else None)


@require_POST
def person_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    return _change(
        request,
        pk,
        lambda proposal, values: assign_person(
            proposal,
            values["nomination"],
            _needed(values["campaign_post"]),
            displaced=values["other"],
            **_deed(request, values),
        ),
    )


@require_POST
def pair_swap(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let two people change places."""
    return _change(
        request,
        pk,
        lambda proposal, values: swap_pair(
            proposal, values["nomination"], _needed(values["other"]), **_deed(request, values)
        ),
    )


@require_POST
def person_rearrange(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a post and move the others as it costs least."""
    return _change(
        request,
        pk,
        lambda proposal, values: rearrange(
            proposal, values["nomination"], _needed(values["campaign_post"]), **_deed(request, values)
        ),
    )


@require_POST
def person_unassign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a person out of the proposal."""
    return _change(
        request,
        pk,
        lambda proposal, values: unassign(proposal, values["nomination"], **_deed(request, values)),
    )


@require_POST
def pair_forbid(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rule a pair out."""
    return _change(
        request,
        pk,
        lambda proposal, values: forbid_pair(
            proposal, values["nomination"], _needed(values["campaign_post"]), **_deed(request, values)
        ),
    )


@require_POST
def pair_lock(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a pair."""
    pair = get_object_or_404(pairs_visible_to(request.user), pk=pk)
    reason = request.POST.get("reason", "")
    if attempt_button(request, lambda: lock_pair(pair, reason=reason, **acting(request))) is None:
        return pair_page(request, pair, reason)
    messages.success(request, _("已锁定。以后的计算都会保留该项安排。"))
    return redirect("matching:pair_detail", pair.proposal_id, pair.pk)


@require_POST
def lock_clear(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the computation decide again."""
    lock = get_object_or_404(locks_visible_to(request.user), pk=pk)

    def clear() -> bool:
        clear_lock(lock, **acting(request))
        return True

    if attempt_button(request, clear):
        messages.success(request, _("已解除。以后的计算可以重新安排。"))
    return redirect("matching:campaign_detail", lock.campaign_id)


@require_POST
def intervention_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one thing back that was done by hand."""
    found = get_object_or_404(interventions_visible_to(request.user), pk=pk)
    version = number_in(request.POST.get("version", ""))
    cost = attempt_button(request, lambda: undo_intervention(found, version=version, **acting(request)))
    if cost is not None:
        messages.success(request, _("已撤销第 %(n)d 项。") % {"n": found.number} + cost_text(cost))
    return redirect("matching:intervention_list", found.proposal_id)


def _move_page(
    request: SignedInRequest, proposal: Proposal, nomination: int, post: int | None, typed: str = ""
) -> HttpResponse:
    """The ways of one person, with the reason that was typed before a refusal."""
    kept = rules_kept_from(request.user, proposal.run.campaign)
    person = nominations_named([nomination])[nomination]
    unplaced = proposal.unplaced.filter(nomination=nomination).first()
    context: dict[str, Any] = {
        "proposal": proposal,
        "campaign": proposal.run.campaign,
        "nomination": person,
        "pair": proposal.pairs.filter(nomination=nomination)
        .select_related("campaign_post__post__host_unit")
        .first(),
        "reason": unplaced.reason_for(kept) if unplaced else "",
        "can_match": can_match(request.user, proposal.run.campaign),
        "typed": typed,
    }
    plan = ProposalPlan(proposal, kept)
    if post:
        named = posts_named([post])[post]
        context |= {
            "post": named,
            "options": options_for(plan, person, named),
            "answer": answer_for(plan, person, named),
            "question": question_of(plan, nomination, post, PairQuestion.WITH)
            if plan.known_indices((nomination, post))
            else None,
        }
    else:
        context |= {"suggestions": suggestions_for(plan, person), "posts": admissible_posts(plan, person)}
    is_fragment = request.headers.get("HX-Target") == "panel-body"
    return render(request, "matching/_move.html" if is_fragment else "matching/move_preview.html", context)


def cost_text(cost: Cost) -> str:
    """What the change did, in one sentence."""
    text = _("总匹配度变化 %(score)s 分") % {"score": signed_text(cost.score)}
    if cost.places:
        text += _("，填补岗位 %(n)s 个") % {"n": signed_count(cost.places)}
    return text + _("。")


def _change(
    request: SignedInRequest, pk: int, make: Callable[[Proposal, dict[str, Any]], Cost]
) -> HttpResponse:
    """Do it and show the proposal; a refusal shows the page of the change again, with the reason that was typed.

    A form that no page of ours sends is not found.
    """
    proposal = find_proposal(request, pk)
    form = ChangeForm(request.POST, proposal=proposal)
    if not form.is_valid():
        raise Http404
    values = form.cleaned_data
    cost = attempt_button(request, lambda: make(proposal, values))
    if cost is not None:
        messages.success(request, _("已调整。") + cost_text(cost))
        return redirect("matching:proposal_detail", proposal.pk)
    nomination, post = values["nomination"], values["campaign_post"]
    held = pairs_visible_to(request.user).filter(proposal=proposal, nomination=nomination)
    own = held.first() if post is None else held.filter(campaign_post=post).first()
    if own is not None:
        return pair_page(request, own, values["reason"])
    return _move_page(request, proposal, nomination.pk, post.pk if post else None, values["reason"])


def _deed(request: SignedInRequest, values: dict[str, Any]) -> dict[str, Any]:
    """Who, when and why, for the version that the page was filled from."""
    return {"reason": values["reason"], "version": values["version"], **acting(request)}


def _needed(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _number(request: SignedInRequest, name: str) -> int:
    if number := number_in(request.GET.get(name, "")):
        return number
    raise Http404
