"""Progress of background jobs."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest
from secondment.jobs.lists import JOBS, STATUS, kind_label
from secondment.jobs.models import Job, JobState
from secondment.jobs.queries import progress_of, visible_to
from secondment.jobs.services import cancel_job, fail_silent_jobs


def job_list(request: SignedInRequest) -> HttpResponse:
    """The account's own jobs."""
    fail_silent_jobs(at=timezone.now())
    return JOBS.respond(request, visible_to(request.user), "jobs/job_list.html", {})


def job_detail(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One job with its progress, its result and a way to cancel it."""
    job = get_object_or_404(visible_to(request.user), pk=pk)
    context = {"job": job, "label": kind_label(job), "level": STATUS[JobState(job.state)], **_progress(job)}
    return render(request, "jobs/job_detail.html", context)


def job_progress(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The progress bar alone; asks for itself until the job is finished."""
    fail_silent_jobs(at=timezone.now())
    job = get_object_or_404(visible_to(request.user), pk=pk)
    response = render(request, "common/components/_job_progress.html", _progress(job))
    if job.is_finished:  # state, result and buttons are around the bar: reload the full page
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def job_cancel(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask a job to stop; nothing it has done so far is kept."""
    job = get_object_or_404(visible_to(request.user), pk=pk)
    cancel_job(job, at=timezone.now())
    return redirect("jobs:job_detail", pk=job.pk)


def _progress(job: Job) -> dict[str, Any]:
    return progress_of(job, url=reverse("jobs:job_progress", args=[job.pk]), at=timezone.now())
