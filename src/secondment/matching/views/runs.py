"""Campaigns to match, weights with their consequences, runs and their progress."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.choices import CAMPAIGN_STATUS, CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.campaigns.ports import page_in
from secondment.campaigns.steps import Blocker, StepKey, blockers_of
from secondment.common.attempts import attempt
from secondment.common.components import Fact
from secondment.common.errors import DomainError
from secondment.common.listing.columns import state_column
from secondment.common.listing.listing import Column, Listing
from secondment.common.sentences import labelled
from secondment.jobs.queries import job_with, progress_of, progress_text
from secondment.jobs.services import fail_silent_jobs
from secondment.matching.charts import band_chart, component_chart
from secondment.matching.choices import RunState
from secondment.matching.errors import NoPlanYetError, RunEndedError
from secondment.matching.evidence import evidence_lines
from secondment.matching.figures import points_text
from secondment.matching.forms import WeightsForm
from secondment.matching.intervention_lines import lock_lines
from secondment.matching.models import MatchingRun
from secondment.matching.nearness import nearness_text, tie_text
from secondment.matching.obstacle_lines import contradiction_lines
from secondment.matching.progress import found_text, gap_text, has_failed
from secondment.matching.queries import (
    campaigns_visible_to,
    last_plan,
    locks_visible_to,
    proposals_visible_to,
    side_rules_visible_to,
    visible_to,
)
from secondment.matching.rules import can_match, require_may_compute
from secondment.matching.services.runs import forget_snapshot, preview_weights, start_run, stop_run
from secondment.matching.side_rules.reports import reports_of_run, sentences_of
from secondment.matching.weight_figures import weight_figures
from secondment.matching.weights import weights_of

CAMPAIGNS = Listing(
    key="matching_campaigns",
    title=gettext_lazy("匹配"),
    columns=(
        Column("name", gettext_lazy("批次"), sort="name", phone="title"),
        Column("programme_version.programme.name", gettext_lazy("挂职项目"), phone="line"),
        Column("owner_unit.name", gettext_lazy("主办组织部门"), sort="owner_unit__path"),
        Column("starts_on", gettext_lazy("挂职开始"), sort="starts_on", is_short=True),
        Column("n_runs", gettext_lazy("计算次数"), sort="n_runs", align="end"),
        Column(
            "has_choice",
            gettext_lazy("方案"),
            value=lambda campaign: _("已采用") if campaign.has_choice else _("未采用"),
            status=lambda campaign: "good" if campaign.has_choice else "idle",
        ),
        state_column(CAMPAIGN_STATUS),
    ),
    default_sort="-starts_on",
    row_url=lambda campaign: reverse("matching:campaign_detail", args=[campaign.pk]),
    empty_title=gettext_lazy("暂无进入审查匹配的批次"),
    empty_text=gettext_lazy("批次结束推荐、完成资格审查后，在此显示。"),
    is_exportable=False,
)
ROUNDING = 1e-6
STATUS_OF_RUN = {
    RunState.QUEUED: "idle",
    RunState.RUNNING: "info",
    RunState.DONE: "good",
    RunState.FAILED: "bad",
}


@require_GET
def campaign_list(request: SignedInRequest) -> HttpResponse:
    """Campaigns that have come to review."""
    return CAMPAIGNS.respond(request, campaigns_visible_to(request.user), "matching/campaign_list.html")


@require_GET
def campaign_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Proposals, runs and locks of a campaign."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    runs = [
        (run, STATUS_OF_RUN[RunState(run.state)])
        for run in visible_to(request.user).filter(campaign=campaign)
    ]
    proposals = proposals_visible_to(request.user).filter(run__campaign=campaign).order_by("-pk")
    context = {
        "campaign": campaign,
        "runs": runs,
        "proposals": proposals,
        "is_chosen": any(one.is_chosen for one in proposals),
        "consultation_url": page_in(CampaignState.CONSULTATION, campaign),
        "locks": locks_visible_to(request.user).filter(campaign=campaign),
        "can_match": can_match(request.user, campaign),
        "blockers": _keeping_from_matching(request, campaign),
        "side_rules": sentences_of(side_rules_visible_to(request.user).filter(campaign=campaign)),
    }
    return render(request, "matching/campaign_detail.html", context)


def _keeping_from_matching(request: SignedInRequest, campaign: Campaign) -> list[Blocker]:
    """Why nothing could be computed now, each with its cure."""
    found = blockers_of(request.user, campaign, timezone.localdate())
    return [one for one in found if one.step == StepKey.CHECK]


def run_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set weights, preview their result, start the run."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_may_compute(request.user, campaign)
    last = last_plan(campaign)
    form = WeightsForm(
        request.POST or None, initial=weights_of(campaign), last=last.run.weights if last else None
    )
    if request.method == "POST" and form.is_valid():
        weights, now = form.cleaned_data, timezone.now()
        run = attempt(form, lambda: start_run(campaign, weights=weights, by=request.user, at=now))
        if run is not None:
            messages.success(request, _("计算已开始。"))
            return redirect("matching:run_detail", run.pk)
    if request.method == "GET":
        forget_snapshot(campaign)
    return render(
        request,
        "matching/run_create.html",
        {
            "campaign": campaign,
            "form": form,
            "n_side_rules": campaign.side_rules.count(),
            "blockers": _keeping_from_matching(request, campaign),
        },
    )


@require_POST
def weights_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fragment next to the weights."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_may_compute(request.user, campaign)
    form = WeightsForm(request.POST)
    total = {"total": form.total()}
    if not form.is_valid():
        problem = {"problem": _("权重填写有误，改正后即可预览。"), "faults": _faults(form)}
        return render(request, "matching/_preview.html", total | problem)
    try:
        preview = preview_weights(campaign, form.cleaned_data)
    except DomainError as error:
        return render(request, "matching/_preview.html", total | {"problem": error})
    context = total | {
        **weight_figures(preview, last_plan(campaign), form.cleaned_data),
        "evidence": evidence_lines(preview.components, form.cleaned_data, preview.n_people),
        "components": component_chart(preview.summary),
        "bands": band_chart(preview.summary),
    }
    return render(request, "matching/_preview.html", context)


def _faults(form: WeightsForm) -> list[str]:
    """Each fault with the name of its field."""
    return [
        labelled(str(form.fields[name].label), str(fault)) if name in form.fields else str(fault)
        for name, faults in form.errors.items()
        for fault in faults
    ]


@require_GET
def run_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Progress while it runs; afterwards parameters, proof and proposals."""
    run = get_object_or_404(visible_to(request.user), pk=pk)
    job = job_with(run.job_id)
    context = {
        "run": run,
        "job": job,
        "job_text": progress_text(job, at=timezone.now()) if job else run.get_state_display(),
        "may_cancel": job is not None and job.owner_id == request.user.pk,
        "has_failed": has_failed(run, job),
        "contradiction": contradiction_lines(run),
        "is_done": run.state == RunState.DONE,
        "facts": _facts(run),
        "weights": [Fact(label, run.weights.get(name, 0)) for name, label in WEIGHT_LABELS.items()],
        "proposals": proposals_visible_to(request.user).filter(run=run),
        "rule_reports": reports_of_run(run),
        **_found(request, run),
        "interventions": lock_lines(run),
        "nearness": nearness_text(run),
        "tie": tie_text(run),
        "evidence": evidence_lines(
            run.report.get("components", {}), run.weights, run.report.get("n_people", 0)
        ),
    }
    return render(request, "matching/run_detail.html", context)


@require_GET
def run_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The progress fragment, polled by the page; a finished run reloads the page."""
    fail_silent_jobs(at=timezone.now())
    run = get_object_or_404(visible_to(request.user), pk=pk)
    job = job_with(run.job_id)
    context = progress_of(job, url=request.path, at=timezone.now()) | {"is_done": False, "is_fragment": True}
    response = render(request, "matching/_run_progress.html", context | {"run": run} | _found(request, run))
    if run.state == RunState.DONE or has_failed(run, job):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def run_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the search with the best plan it has."""
    run = get_object_or_404(visible_to(request.user), pk=pk)
    try:
        stop_run(run, **acting(request))
    except (NoPlanYetError, RunEndedError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已请求停止，随后保存目前最好的方案。"))
    return redirect("matching:run_detail", run.pk)


def _found(request: SignedInRequest, run: MatchingRun) -> dict[str, Any]:
    """What the search has found, and whether the reader may stop it with that."""
    return {
        "found": found_text(run),
        "search": run,
        "may_stop": can_match(request.user, run.campaign),
        "stop_url": reverse("matching:run_stop", args=[run.pk]),
        "stop_label": _("停止并采用目前最好的方案"),
        "stop_help": _("方案照常保存，注明尚未证明最优和与理论上限的差距。"),
    }


def _facts(run: MatchingRun) -> list[Fact]:
    report = run.report
    if run.state != RunState.DONE:
        return []
    return [
        Fact(_("求解结论"), conclusion_of(report)),
        Fact(
            _("填补岗位"), _("%(n)d / %(places)d") % {"n": report["n_assigned"], "places": report["n_places"]}
        ),
        Fact(_("总匹配度"), points_text(report["total_score"])),
        Fact(_("理论上限"), points_text(report["bound"])),
        Fact(_("差距"), gap_text(report["total_score"], report["bound"])),
        Fact(_("人选"), report["n_people"]),
        Fact(_("可行组合"), f"{report['n_pairs']:,}"),
        Fact(_("求解用时"), _("%(seconds)s 秒") % {"seconds": report["seconds"]}),
        Fact(_("求解器"), f"{report['solver']} {report['version']}"),
        Fact(_("随机种子"), run.seed),
        *_rule_facts(report),
    ]


def conclusion_of(report: Mapping[str, Any]) -> str:
    """How far the plan is proven."""
    if report["status"] == "optimal":
        return _("已证明最优")
    values = {"n": report["limit_seconds"], "seconds": int(report["seconds"])}
    if report.get("is_stopped"):
        return _("经办人在 %(seconds)d 秒时停止，采用当时最好的方案，尚未证明最优") % values
    return _("到 %(n)d 秒时限为止找到的最好方案，尚未证明最优") % values


def _rule_facts(report: Mapping[str, Any]) -> list[Fact]:
    """Additional facts of a run under side rules."""
    if not report.get("n_side_rules"):
        return []
    free = report["without_rules"]
    text = _("填补 %(n)d 个岗位，总匹配度 %(score)s") % {
        "n": free["n_assigned"],
        "score": points_text(free["total_score"]),
    }
    return [
        Fact(_("附加规则"), _("%(n)d 条") % {"n": report["n_side_rules"]}),
        Fact(_("最多可填补岗位"), int(report["places_bound"] + ROUNDING)),
        Fact(_("求解时限"), _("%(seconds)s 秒") % {"seconds": int(report["limit_seconds"])}),
        Fact(_("不设附加规则时"), text),
    ]
