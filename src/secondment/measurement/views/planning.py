"""How reliable an appraisal will be: asked before the vote, held against what came out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.jobs.queries import job_with, progress_of, progress_text
from secondment.measurement.choices import RunState
from secondment.measurement.forms import PlanForm
from secondment.measurement.lists import PLANS
from secondment.measurement.queries import appraisals_visible_to, forecasts_visible_to, run_of, sizes_of
from secondment.measurement.rules import may_measure, require_may_read
from secondment.measurement.services.forecasting import start_forecast
from secondment.measurement.view_forecasts import came_out, forecast_lines, forecast_words

USUAL_MEMBERS, USUAL_EACH = 6, 3


@require_GET
def plan_list(request: SignedInRequest) -> HttpResponse:
    """Appraisals that may be planned."""
    require_may_read(request.user)
    return PLANS.respond(request, appraisals_visible_to(request.user), "measurement/plan_list.html")


def planning(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sizes, what they will come to, and how it came out."""
    appraisal = get_object_or_404(appraisals_visible_to(request.user), pk=pk)
    may_plan = may_measure(request.user, appraisal.owner_unit)
    made = forecasts_visible_to(request.user).filter(appraisal=appraisal).first()
    sizes = {"members": USUAL_MEMBERS, "members_each": USUAL_EACH, **sizes_of(appraisal)}
    form = PlanForm(request.POST or None, initial=made.plan if made else sizes)
    if request.method == "POST":
        require(may_plan)
        if form.is_valid():
            from secondment.measurement.planning import Plan

            plan = Plan(**form.cleaned_data)
            started = attempt(form, lambda: start_forecast(appraisal, plan, **acting(request)))
            if started is not None:
                messages.success(request, _("预估已开始。"))
                return redirect("measurement:planning", appraisal.pk)
    run = run_of(appraisal)
    context: dict[str, Any] = {
        "appraisal": appraisal,
        "form": form,
        "may_plan": may_plan,
        "made": made,
        "job": job_with(made.job_id) if made else None,
        "is_done": made is not None and made.state == RunState.DONE,
        "has_failed": made is not None and made.state == RunState.FAILED,
        "lines": forecast_lines(made),
        "words": forecast_words(made),
        "run": run,
        "came_out": came_out(made, run),
    }
    job = context["job"]
    context["job_text"] = progress_text(job, at=timezone.now()) if job else ""
    return render(request, "measurement/planning.html", context)


@require_GET
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar of a forecast that runs."""
    made = get_object_or_404(forecasts_visible_to(request.user), pk=pk)
    state = progress_of(
        job_with(made.job_id),
        url=reverse("measurement:plan_progress", args=[made.pk]),
        at=timezone.now(),
        result_url=reverse("measurement:planning", args=[made.appraisal_id]),
    )
    return render(request, "common/components/_job_progress.html", state)
