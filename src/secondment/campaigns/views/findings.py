"""Eligibility: run the check, read the findings by person and by rule, record exceptions."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.audit.services import record_look
from secondment.campaigns.choices import GRAVEST_FIRST, Result
from secondment.campaigns.eligibility_rules import RULE_BY_CODE
from secondment.campaigns.forms.campaigns import ExemptionForm
from secondment.campaigns.lists import findings_table
from secondment.campaigns.models import Campaign, Exemption
from secondment.campaigns.queries import (
    FINDING_NAMES,
    exemptions_visible_to,
    findings_by_rule,
    findings_visible_to,
    live_findings,
    live_nominations,
    n_stale,
)
from secondment.campaigns.rules import may_check, may_read_all, require_may_exempt, rules_kept_from
from secondment.campaigns.services.eligibility import (
    CHECK_JOB,
    note_finding_looks,
    record_exemption,
    request_check,
    revoke_exemption,
)
from secondment.campaigns.shown_findings import rule_title
from secondment.campaigns.view_models import campaign_context, visible_campaign
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.jobs.models import Job
from secondment.jobs.queries import progress_of
from secondment.jobs.queries import visible_to as jobs_of


def finding_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Findings one by one, filtered by rule, result, person or unit."""
    campaign = _readable(request, pk)
    kept = rules_kept_from(request.user, campaign)
    # That a rule was passed is a fact as well.
    rows = live_findings(campaign).select_related(*FINDING_NAMES).exclude(rule__in=kept, result=Result.PASS)
    record_look("campaign.look_findings", campaign, **acting(request))
    counted = dict(rows.order_by().values_list("result").annotate(n=Count("pk")))
    context = _context(request, campaign) | {"counts": _counts(counted)}
    return findings_table(kept).respond(
        request,
        rows,
        "campaigns/finding_list.html",
        context,
        on_export=exporting(request, "finding.export", campaign),
    )


def _counts(counted: dict[str, int]) -> list[tuple[str, int, str]]:
    """How many findings of each result, the gravest first, and the filter that shows them."""
    if not counted:
        return []
    return [(str(one.label), counted.get(one, 0), f"?result={one}") for one in GRAVEST_FIRST]


def finding_rules(request: SignedInRequest, pk: int) -> HttpResponse:
    """How many people and pairs each rule touches; every number leads to its list."""
    campaign = _readable(request, pk)
    figures = findings_by_rule(campaign)
    kept = rules_kept_from(request.user, campaign)
    rows = [
        _rule_row(code, str(definition.help), figures[code])
        for code, definition in RULE_BY_CODE.items()
        if code in figures and code not in kept
    ]
    if of_kept := [figures[code] for code in figures if code in kept]:
        joined = {name: sum(one[name] for one in of_kept) for name in of_kept[0]}
        rows.append(_rule_row("", _("由组织部门掌握的规则合计"), joined))
    return render(request, "campaigns/finding_rules.html", {**_context(request, campaign), "rows": rows})


def _rule_row(code: str, help_text: str, figures: dict[str, int]) -> dict[str, Any]:
    n_exempt = figures["n_person_exempt"] + figures["n_pair_exempt"]
    return {"code": code, "title": rule_title(code), "help": help_text, **figures, "n_exempt": n_exempt}


@require_POST
def eligibility_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check all nominees now, or in the background if there are many."""
    campaign = visible_campaign(request, pk)
    job = request_check(campaign, **acting_today(request))
    address = reverse("campaigns:finding_list", args=[pk])
    if job is not None:
        return redirect(f"{address}?job={job.pk}")
    messages.success(request, _("资格审查已完成。"))
    return redirect("campaigns:finding_rules", pk=pk)


def check_progress(request: SignedInRequest, job: uuid.UUID) -> HttpResponse:
    """The progress bar of a check; only who started it sees it."""
    row = get_object_or_404(jobs_of(request.user), pk=job, kind=CHECK_JOB)
    return render(request, "common/components/_job_progress.html", _progress(row))


def exemption_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record an approved exception for one finding."""
    finding = get_object_or_404(findings_visible_to(request.user), pk=pk)
    nomination = finding.nomination
    require_may_exempt(request.user, nomination.campaign)
    note_finding_looks([nomination.person], **acting(request))
    exemption = Exemption(nomination=nomination, campaign_post=finding.campaign_post, rule=finding.rule)
    form = ExemptionForm(request.POST or None, instance=exemption)
    if request.method == "POST" and form.is_valid():
        record = partial(record_exemption, form.save(commit=False), **acting_today(request))
        if attempt(form, record) is not None:
            messages.success(request, _("例外已登记。"))
            return redirect("campaigns:nomination_detail", pk=nomination.pk)
    context = {"form": form, "finding": finding, "nomination": nomination, "title": rule_title(finding.rule)}
    return render(request, "campaigns/exemption_form.html", context)


@require_POST
def exemption_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an exception back."""
    exemption = get_object_or_404(exemptions_visible_to(request.user), pk=pk)
    nomination = exemption.nomination
    revoke_exemption(exemption, **acting(request))
    messages.success(request, _("例外已撤销，请重新进行资格审查。"))
    return redirect("campaigns:nomination_detail", pk=nomination.pk)


def _progress(job: Job) -> dict[str, Any]:
    return progress_of(job, url=reverse("campaigns:check_progress", args=[job.pk]), at=timezone.now())


def _readable(request: SignedInRequest, pk: int) -> Campaign:
    campaign = visible_campaign(request, pk)
    require(may_read_all(request.user, campaign), _("资格审查结果由主办组织部门查看。"))
    return campaign


def _context(request: SignedInRequest, campaign: Campaign) -> dict[str, Any]:
    context = {
        **campaign_context(request.user, campaign, "finding_list"),
        "may_check": may_check(request.user, campaign),
        "n_stale": n_stale(campaign),
        "n_live": live_nominations(campaign).count(),
    }
    try:
        asked = uuid.UUID(request.GET.get("job", ""))
    except ValueError:
        return context
    job = jobs_of(request.user).filter(pk=asked, kind=CHECK_JOB).first()
    return {**context, "job": _progress(job) if job else None}
