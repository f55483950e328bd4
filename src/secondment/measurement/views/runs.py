"""Computations: the list, a new one, and what one found."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.jobs.queries import job_with, progress_of, progress_text
from secondment.jobs.services import fail_silent_jobs
from secondment.measurement.choices import Model, RunState
from secondment.measurement.exports import results_csv
from secondment.measurement.forms import RunForm
from secondment.measurement.lists import MEASURES, RUNS
from secondment.measurement.models import Run
from secondment.measurement.ports import pages_beside
from secondment.measurement.queries import (
    later_run,
    measures_visible_to,
    names_of,
    units_named,
    visible_to,
    with_sizes,
)
from secondment.measurement.rules import may_export, may_start, require_may_read
from secondment.measurement.services.looking import DONE
from secondment.measurement.services.running import start_run
from secondment.measurement.view_models import (
    FunnelRow,
    MeasureRow,
    flag_rows,
    funnel_chart,
    funnel_rows,
    measure_rows,
    reliability_words,
    run_facts,
    untried_words,
    worth_words,
)
from secondment.measurement.view_tallies import indicator_rows, tally_rows


@require_GET
def run_list(request: SignedInRequest) -> HttpResponse:
    """Computations, the newest first."""
    require_may_read(request.user)
    return RUNS.respond(
        request,
        with_sizes(visible_to(request.user)),
        "measurement/run_list.html",
        {"may_start": may_start(request.user)},
    )


def run_new(request: SignedInRequest) -> HttpResponse:
    """Choose what is computed, and by which method."""
    require(may_start(request.user))
    form = RunForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        owner_unit, year, standard = form.chosen
        model = Model(form.cleaned_data["model"])
        run = attempt(form, lambda: start_run(owner_unit, year, standard, model=model, **acting(request)))
        if run is not None:
            messages.success(request, _("计算已开始。"))
            return redirect("measurement:run_detail", run.pk)
    return render(request, "measurement/run_new.html", {"form": form})


@require_GET
def run_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Progress while it runs; afterwards both orders in one table, and how sure they are."""
    run = get_object_or_404(visible_to(request.user), pk=pk)
    measures = list(measures_visible_to(request.user, run))
    context = _run_context(request, run)
    if run.state == RunState.DONE:
        context |= _found(run, measures)
    return MEASURES.respond(
        request,
        measure_rows(measures),
        "measurement/run_detail.html",
        context,
        on_export=exporting(request, "measurement.export", run),
    )


def _run_context(request: SignedInRequest, run: Run) -> dict[str, Any]:
    job = job_with(run.job_id)
    return {
        "run": run,
        "job": job,
        "job_text": progress_text(job, at=timezone.now()) if job else run.get_state_display(),
        "may_cancel": job is not None and job.owner_id == request.user.pk,
        "is_done": run.state == RunState.DONE,
        "has_failed": run.state == RunState.FAILED,
        "may_export": may_export(request.user, run),
        "later": later_run(run),
        "pages_beside": list(pages_beside(run)),
    }


def _found(run: Run, measures: list[Any]) -> dict[str, Any]:
    kept = run.results
    keys = {one["unit"] for one in kept.get("funnel", {}).get("units", [])}
    keys |= {one["unit"] for one in kept.get("units", [])}
    units = units_named(keys)
    funnel = funnel_rows(run, units)
    return {
        "facts": run_facts(run),
        "words": reliability_words(run),
        "worth": worth_words(run),
        "flags": flag_rows(run, names_of(measures), units),
        "untried": untried_words(run),
        "look": kept.get("look", "" if run.model == Model.HIERARCHICAL and kept.get("subsets") else DONE),
        "members": kept.get("members", []),
        "funnel": _parted(funnel),
        "funnel_chart": funnel_chart(run, funnel),
    }


def _parted(rows: list[FunnelRow]) -> dict[str, list[FunnelRow]]:
    """Those outside of the lines are worth a look, the others are folded away; nothing where there is no funnel."""
    parts = {"outside": [one for one in rows if one.is_outside]}
    return parts | {"inside": [one for one in rows if not one.is_outside]} if rows else {}


@require_GET
def run_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar of a computation that runs."""
    run = get_object_or_404(visible_to(request.user), pk=pk)
    fail_silent_jobs(at=timezone.now())
    address = reverse("measurement:run_progress", args=[run.pk])
    result = reverse("measurement:run_detail", args=[run.pk])
    state = progress_of(job_with(run.job_id), url=address, at=timezone.now(), result_url=result)
    return render(request, "common/components/_job_progress.html", state)


@require_GET
def measure_detail(request: SignedInRequest, run_pk: int, pk: int) -> HttpResponse:
    """One candidate: votes by group first."""
    run = get_object_or_404(visible_to(request.user), pk=run_pk)
    rows = measure_rows(list(measures_visible_to(request.user, run)))
    row: MeasureRow = next((one for one in rows if one.measure.pk == pk), None) or _missing(run)
    return render(
        request,
        "measurement/measure_detail.html",
        {
            "run": run,
            "row": row,
            "groups": tally_rows(row.tally),
            "indicators": indicator_rows(row.tally, run.standard_version),
            "levels": run.standard_version.level_names,
        },
    )


def _missing(run: Run) -> Any:
    return get_object_or_404(run.measures, pk=0)


@require_GET
def run_results(request: SignedInRequest, pk: int) -> HttpResponse:
    """Results with all their digits."""
    run = _exported(request, pk)
    rows = measure_rows(list(measures_visible_to(request.user, run)))
    record_export("measurement.export", run, n=len(rows), **acting(request))
    return download(results_csv(rows), f"{_('测评结果')} {run.year}.csv")


def _exported(request: SignedInRequest, pk: int) -> Run:
    run = get_object_or_404(visible_to(request.user), pk=pk)
    require(may_export(request.user, run))
    return get_object_or_404(visible_to(request.user), pk=pk, state=RunState.DONE)
