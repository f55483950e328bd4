"""A proposal: its pairs, people without a post, shortages, paper; copy and choose."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.audit.services import record_export
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.lapses import Lapse, refusals_by_kind
from secondment.campaigns.ports import page_in
from secondment.campaigns.rules import rules_kept_from
from secondment.campaigns.services.eligibility import note_told_lapses
from secondment.common.attempts import attempt_button
from secondment.common.components import Tab
from secondment.matching.alternatives import alternatives_of
from secondment.matching.certificates import has_certificate
from secondment.matching.evidence import neutral_of
from secondment.matching.fairness import GROUPS, group_rows
from secondment.matching.forms import CopyForm, VersionForm
from secondment.matching.holding import lapses_of_proposal
from secondment.matching.intervention_lines import intervention_lines, n_by_hand, principle_text
from secondment.matching.lists import PAIRS, unplaced_table
from secondment.matching.models import Proposal, ProposalPair
from secondment.matching.nearness import nearness_text, tie_text
from secondment.matching.queries import (
    empty_posts,
    locks_visible_to,
    pairs_for_list,
    pairs_visible_to,
    pairs_with_names,
    proposal_summary,
    proposals_visible_to,
    unplaced_with_names,
)
from secondment.matching.rules import can_match
from secondment.matching.services.proposals import choose_proposal, copy_proposal
from secondment.matching.side_rules.reports import reports_of_proposal
from secondment.matching.view_models import component_lines, footing_of, shortage_page, unfounded_of
from secondment.units.queries import place_of


def find_proposal(request: SignedInRequest, pk: int) -> Proposal:
    """A proposal the user may see, or 404."""
    return get_object_or_404(proposals_visible_to(request.user), pk=pk)


@require_GET
def proposal_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who goes where, and how well it fits."""
    proposal = find_proposal(request, pk)
    campaign = proposal.run.campaign
    others = proposals_visible_to(request.user).filter(run__campaign=campaign).exclude(pk=pk)
    lapses = refusals_by_kind(_lapses(proposal), rules_kept_from(request.user, campaign))
    note_told_lapses(campaign, lapses, **acting(request))
    summary = proposal_summary(proposal)
    context = {
        **frame_of(request, proposal, "proposal_detail"),
        "summary": summary,
        "unfounded": unfounded_of(proposal, summary),
        "lapses": lapses,
        "has_certificate": has_certificate(proposal),
        **_said_of_run(proposal),
        "others": others.order_by("-pk")[:20],
        "copy_form": CopyForm(initial={"name": _("%(name)s（副本）") % {"name": proposal.name}}),
    }
    rows = pairs_for_list(proposal)
    return PAIRS.respond(
        request,
        rows,
        "matching/proposal_detail.html",
        context,
        on_export=exporting(request, "proposal.export", proposal),
    )


@require_GET
def unplaced_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """People without a post, and why."""
    proposal = find_proposal(request, pk)
    context = frame_of(request, proposal, "unplaced_list")
    rows = unplaced_with_names(proposal)
    kept = rules_kept_from(request.user, proposal.run.campaign)
    return unplaced_table(kept).respond(
        request,
        rows,
        "matching/unplaced_list.html",
        context,
        on_export=exporting(request, "proposal.export", proposal),
    )


@require_GET
def shortage_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Posts left empty, which rules and caps leave them empty, and what relaxing each would free."""
    proposal = find_proposal(request, pk)
    context = {
        **frame_of(request, proposal, "shortage_list"),
        "empty": empty_posts(proposal),
        "page": shortage_page(proposal.run, rules_kept_from(request.user, proposal.run.campaign)),
    }
    return render(request, "matching/shortage_list.html", context)


@require_GET
def fairness(request: SignedInRequest, pk: int) -> HttpResponse:
    """How the proposal treats groups of people."""
    proposal = find_proposal(request, pk)
    return GROUPS.respond(
        request,
        group_rows(proposal),
        "matching/fairness.html",
        frame_of(request, proposal, "fairness"),
        on_export=exporting(request, "proposal.export", proposal),
    )


@require_GET
def side_rule_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """How the current proposal meets each side rule of its run."""
    proposal = find_proposal(request, pk)
    context = {
        **frame_of(request, proposal, "side_rule_report"),
        "reports": reports_of_proposal(proposal),
    }
    return render(request, "matching/side_rule_report.html", context)


@require_GET
def proposal_print(request: SignedInRequest, pk: int) -> HttpResponse:
    """The full proposal for printing."""
    proposal = find_proposal(request, pk)
    kept = rules_kept_from(request.user, proposal.run.campaign)
    pairs = pairs_with_names(
        proposal.pairs.order_by("campaign_post__post__host_unit__path", "campaign_post_id")
    ).select_related("campaign_post__post__host_unit__parent")
    context = {
        "proposal": proposal,
        "campaign": proposal.run.campaign,
        "pairs": [(one, place_of(one.campaign_post.post.host_unit)) for one in pairs],
        "unplaced": [(one, one.reason_for(kept)) for one in unplaced_with_names(proposal)],
        "empty": empty_posts(proposal),
        "interventions": intervention_lines(proposal),
    }
    record_export("proposal.print", proposal, **acting(request))
    return render(request, "matching/proposal_print.html", context)


@require_GET
def pair_detail(request: SignedInRequest, pk: int, pair: int) -> HttpResponse:
    """Why this person for this post: components, next candidates, what can be done."""
    return pair_page(request, get_object_or_404(pairs_visible_to(request.user).filter(proposal=pk), pk=pair))


def pair_page(request: SignedInRequest, found: ProposalPair, typed: str = "") -> HttpResponse:
    """The page of a pair, with the reason that was typed before a refusal."""
    lock = locks_visible_to(request.user).filter(
        nomination=found.nomination_id, campaign_post=found.campaign_post_id
    )
    components = component_lines(found, found.proposal.run)
    context = {
        "pair": found,
        "proposal": found.proposal,
        "campaign": found.proposal.run.campaign,
        "footing": footing_of(found),
        "is_complete": neutral_of(found.proposal.run) is not None,
        "alternatives": alternatives_of(found, rules_kept_from(request.user, found.proposal.run.campaign)),
        "components": components,
        "weight": sum(one.weight for one in components if one.points is not None),
        "lock": lock.first(),
        "typed": typed,
        "can_match": can_match(request.user, found.proposal.run.campaign),
    }
    return render(request, "matching/pair_detail.html", context)


@require_POST
def proposal_copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Copy under a new name and open the copy."""
    proposal = find_proposal(request, pk)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有复制：请填写方案名称，最多 60 字。"))
        return redirect("matching:proposal_detail", pk)
    copy = copy_proposal(proposal, name=form.cleaned_data["name"], **acting(request))
    messages.success(request, _("已复制。对副本的调整不影响原方案。"))
    return redirect("matching:proposal_detail", copy.pk)


@require_POST
def proposal_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make this the proposal that goes to consultation."""
    proposal = find_proposal(request, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    if attempt_button(request, lambda: choose_proposal(proposal, version=version, **acting(request))):
        messages.success(request, _("已采用本方案。下一步：征求派出单位和接收单位意见。"))
    return redirect("matching:proposal_detail", pk)


def frame_of(request: SignedInRequest, proposal: Proposal, current: str) -> dict[str, object]:
    """What the tabs of a proposal share."""
    n_empty, n_unplaced = empty_posts(proposal).count(), proposal.unplaced.count()
    n_rules = proposal.run.report.get("n_side_rules", 0)
    tabs = [
        ("proposal_detail", _("岗位安排"), proposal.pairs.count()),
        ("unplaced_list", _("未匹配人选"), n_unplaced),
        ("shortage_list", _("空缺岗位"), n_empty),
        ("intervention_list", _("人工干预"), n_by_hand(proposal)),
        ("fairness", _("分组对照"), None),
        *([("side_rule_report", _("附加规则"), n_rules)] if n_rules else []),
    ]
    return {
        "proposal": proposal,
        "campaign": proposal.run.campaign,
        "consultation_url": page_in(CampaignState.CONSULTATION, proposal.run.campaign),
        "can_match": can_match(request.user, proposal.run.campaign),
        "n_empty": n_empty,
        "n_unplaced": n_unplaced,
        "tabs": [
            Tab(label, reverse(f"matching:{name}", args=[proposal.pk]), name == current, n)
            for name, label, n in tabs
        ],
    }


def _said_of_run(proposal: Proposal) -> dict[str, str]:
    """What its run says of its plan holds for that alone, not for a plan by another principle."""
    if text := principle_text(proposal):
        return {"principle": text}
    return {"nearness": nearness_text(proposal.run), "tie": tie_text(proposal.run)}


def _lapses(proposal: Proposal) -> Iterable[Lapse]:
    """What no longer holds, as long as the plan can still be changed."""
    is_open = proposal.run.campaign.state == CampaignState.REVIEW
    return lapses_of_proposal(proposal) if is_open else ()
