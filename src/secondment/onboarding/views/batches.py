"""One batch: its list, the decision, the progress, the slips."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.scopes import has_role
from secondment.common.addresses import public_address
from secondment.jobs.models import Job
from secondment.jobs.queries import progress_of, unfinished
from secondment.jobs.services import fail_silent_jobs
from secondment.onboarding.choices import BatchState
from secondment.onboarding.lists import BATCHES, STATUS
from secondment.onboarding.models import AccountBatch
from secondment.onboarding.queries import visible_to, with_figures
from secondment.onboarding.rules import (
    ASKERS,
    CONFIRMER,
    actions_for,
    may_ask_somewhere,
    may_hand_out,
    require,
)
from secondment.onboarding.services import (
    codes_ready,
    confirm_batch,
    decline_batch,
    renew_codes,
    renewable,
    take_slips,
)
from secondment.onboarding.services.deciding import MAKE_JOB
from secondment.onboarding.services.slips import RENEW_JOB

SLIPS_A_PAGE = 8


def batch_list(request: SignedInRequest) -> HttpResponse:
    """Batches of the reader's scope."""
    require(has_role(request.user, *ASKERS, CONFIRMER))
    context = {"may_ask": may_ask_somewhere(request.user)}
    return BATCHES.respond(
        request, with_figures(visible_to(request.user)), "onboarding/batch_list.html", context
    )


def batch_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One batch as one item, with its list and what can be done now."""
    batch, now = _found(request, pk), timezone.now()
    is_handing_out = batch.state == BatchState.MADE and may_hand_out(request.user, batch)
    context = {
        "batch": batch,
        "status": STATUS[batch.state],
        "lines": [line for line in batch.all_lines if not line.refusal],
        "refused": [line for line in batch.all_lines if line.refusal],
        "actions": actions_for(request.user, batch),
        "n_ready": len(codes_ready(batch, at=now)) if is_handing_out else 0,
        "n_renewable": len(renewable(batch)) if is_handing_out else 0,
        "is_handing_out": is_handing_out,
        "progress": _progress(batch),
    }
    return render(request, "onboarding/batch_detail.html", context)


def batch_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The progress bar alone; once the work is done the page is read again."""
    fail_silent_jobs(at=timezone.now())
    progress = _progress(_found(request, pk))
    if progress is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "common/components/_job_progress.html", progress)


@require_POST
def batch_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The one decision for all accounts of the batch."""
    confirm_batch(_found(request, pk), **acting(request))
    return redirect("onboarding:batch_detail", pk=pk)


@require_POST
def batch_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Refuse the batch, or take the own one back."""
    decline_batch(_found(request, pk), **acting(request))
    messages.success(request, _("申请已退回，没有开设任何账号。"))
    return redirect("onboarding:batch_detail", pk=pk)


@require_POST
def slips_print(request: SignedInRequest, pk: int) -> HttpResponse:
    """The slips, eight a page; shown once."""
    slips = take_slips(_found(request, pk), **acting(request))
    pages = [slips[first : first + SLIPS_A_PAGE] for first in range(0, len(slips), SLIPS_A_PAGE)]
    context = {"pages": pages, "n": len(slips), "address": public_address(request), "pk": pk}
    return render(request, "onboarding/slips.html", context)


@require_POST
def codes_renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """New one-time passwords for everyone who has not signed in."""
    renew_codes(_found(request, pk), **acting(request))
    return redirect("onboarding:batch_detail", pk=pk)


def _found(request: SignedInRequest, pk: int) -> AccountBatch:
    return get_object_or_404(visible_to(request.user).select_related("asked_by", "decided_by"), pk=pk)


def _progress(batch: AccountBatch) -> dict[str, Any] | None:
    """What the bar shows while a job works on the batch."""
    job: Job | None = next(
        (found for kind in (MAKE_JOB, RENEW_JOB) if (found := unfinished(kind, "batch", batch.pk).first())),
        None,
    )
    if job is None:
        return None
    url = reverse("onboarding:batch_progress", args=[batch.pk])
    return progress_of(job, url=url, at=timezone.now())
