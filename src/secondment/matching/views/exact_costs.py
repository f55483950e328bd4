"""The exact cost of a pair under side rules: asked, watched, stopped, shown."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.rules import may_manage, rules_kept_from
from secondment.common.attempts import attempt_button
from secondment.jobs.queries import job_with, progress_of
from secondment.jobs.services import fail_silent_jobs
from secondment.matching.choices import PairQuestion, RunState
from secondment.matching.exact_page import finding_of
from secondment.matching.forms import QuestionForm
from secondment.matching.models import ExactCost
from secondment.matching.progress import found_text, has_failed
from secondment.matching.queries import exact_costs_visible_to
from secondment.matching.services.exact_costs import ask_exact_cost, is_settled, stop_exact_cost
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.views.proposals import find_proposal


@require_POST
def exact_cost_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start the search and go where it can be watched; a refusal is shown on the page of the question."""
    proposal = find_proposal(request, pk)
    form = QuestionForm(request.POST, proposal=proposal)
    if not form.is_valid():
        raise Http404
    nomination, post = form.cleaned_data["nomination"], form.cleaned_data["campaign_post"]
    question = PairQuestion(form.cleaned_data["question"])
    cost = attempt_button(
        request, lambda: ask_exact_cost(proposal, nomination, post, question, **acting(request))
    )
    if cost is None:
        url = reverse("matching:move_preview", args=[pk])
        return redirect(f"{url}?nomination={nomination.pk}&post={post.pk}")
    return redirect("matching:exact_cost_detail", cost.pk)


@require_GET
def exact_cost_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Progress while it runs; afterwards what it takes, step by step."""
    cost = get_object_or_404(exact_costs_visible_to(request.user), pk=pk)
    proposal, campaign = cost.proposal, cost.proposal.run.campaign
    plan = ProposalPlan(proposal, rules_kept_from(request.user, campaign))
    job = job_with(cost.job_id)
    is_current = plan.standing == cost.standing
    context = {
        "cost": cost,
        "proposal": proposal,
        "campaign": campaign,
        "job": job,
        "pair": proposal.pairs.filter(nomination=cost.nomination_id).first(),
        "is_current": is_current,
        "has_failed": has_failed(cost, job),
        "finding": finding_of(plan, cost),
        "may_cancel": job is not None and job.owner_id == request.user.pk,
        "may_ask_again": may_manage(request.user, campaign) and is_current and not is_settled(cost),
        **progress_of(job, url=reverse("matching:exact_cost_progress", args=[pk]), at=timezone.now()),
        **_found(request, cost),
    }
    return render(request, "matching/exact_cost_detail.html", context)


@require_GET
def exact_cost_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The progress fragment, polled by the page; a finished search reloads the page."""
    fail_silent_jobs(at=timezone.now())
    cost = get_object_or_404(exact_costs_visible_to(request.user), pk=pk)
    job = job_with(cost.job_id)
    context = progress_of(job, url=request.path, at=timezone.now()) | {"is_done": False, "is_fragment": True}
    response = render(request, "matching/_run_progress.html", context | _found(request, cost))
    if cost.state == RunState.DONE or has_failed(cost, job):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def exact_cost_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the search with the best plan it has."""
    cost = get_object_or_404(exact_costs_visible_to(request.user), pk=pk)

    def stop() -> bool:
        stop_exact_cost(cost, **acting(request))
        return True

    if attempt_button(request, stop):
        messages.success(request, _("已请求停止，随后保存目前的结果。"))
    return redirect("matching:exact_cost_detail", pk)


def _found(request: SignedInRequest, cost: ExactCost) -> dict[str, Any]:
    """What the search has found, and whether the reader may stop it with that."""
    return {
        "found": found_text(cost),
        "search": cost,
        "may_stop": may_manage(request.user, cost.proposal.run.campaign),
        "stop_url": reverse("matching:exact_cost_stop", args=[cost.pk]),
        "stop_help": _("结果注明尚未证明代价最小和差距。"),
        "stop_label": _("停止并采用目前的结果"),
    }
