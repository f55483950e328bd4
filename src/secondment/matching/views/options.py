"""The plans of a run side by side, the pairs that would rather have each other, and the choice with its reason."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, exporting
from secondment.common.attempts import attempt
from secondment.matching.choices import Principle, RunState
from secondment.matching.forms import PrincipleForm
from secondment.matching.models import MatchingRun
from secondment.matching.options import BLOCKING, Options
from secondment.matching.queries import proposals_visible_to, visible_to
from secondment.matching.rules import can_match, require_may_adjust
from secondment.matching.services.options import propose_plan


def find_done(request: SignedInRequest, pk: int) -> MatchingRun:
    """A run the user may see that has a plan, or 404."""
    return get_object_or_404(visible_to(request.user).filter(state=RunState.DONE), pk=pk)


@require_GET
def plan_options(request: SignedInRequest, pk: int) -> HttpResponse:
    """All plans of a run with their figures."""
    return _page(request, find_done(request, pk), PrincipleForm())


@require_POST
def plan_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a proposal of the chosen plan."""
    run = find_done(request, pk)
    require_may_adjust(request.user, run.campaign)
    form = PrincipleForm(request.POST)
    if form.is_valid():
        principle, reason = Principle(form.cleaned_data["principle"]), form.cleaned_data["reason"]
        now = timezone.now()
        made = attempt(form, lambda: propose_plan(run, principle, reason=reason, by=request.user, at=now))
        if made is not None:
            messages.success(request, _("已按“%(principle)s”形成方案。") % {"principle": principle.label})
            return redirect("matching:proposal_detail", made.pk)
    return _page(request, run, form)


@require_GET
def blocking_pairs(request: SignedInRequest, pk: int, principle: str) -> HttpResponse:
    """Every person and post of a plan that would rather have each other."""
    run = find_done(request, pk)
    if principle not in Principle.values:
        raise Http404
    asked = Principle(principle)
    return BLOCKING.respond(
        request,
        Options(run).blocking_rows(asked),
        "matching/blocking_pairs.html",
        {"run": run, "campaign": run.campaign, "principle": asked},
        on_export=exporting(request, "matching_run.export", run),
    )


def _page(request: SignedInRequest, run: MatchingRun, form: PrincipleForm) -> HttpResponse:
    options = Options(run)
    chosen = {
        one.principle: one
        for one in proposals_visible_to(request.user).filter(run=run).order_by("-pk")
        if one.principle_reason
    }
    context = {
        "run": run,
        "campaign": run.campaign,
        "form": form,
        "plans": [(one, chosen.get(one.principle)) for one in options.options],
        "rows": options.rows(),
        "can_match": can_match(request.user, run.campaign),
    }
    return render(request, "matching/plan_options.html", context)
