"""Nominate, look at nominations, withdraw."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.campaigns.choices import GRAVEST_FIRST, NominationState, Result
from secondment.campaigns.eligibility_rules import RULE_BY_CODE
from secondment.campaigns.forms.campaigns import UploadForm
from secondment.campaigns.imports import PERSON_COLUMNS, read_persons
from secondment.campaigns.lists import (
    NOMINATIONS,
    PERSONS,
    RESULT_STATUS,
    CampaignAction,
    check_result,
)
from secondment.campaigns.models import Campaign, Nomination
from secondment.campaigns.papers import NOMINATION
from secondment.campaigns.ports import result_page
from secondment.campaigns.queries import (
    candidates_to_nominate,
    nominations_visible_to,
    nominations_with_figures,
    other_nominations,
    quotas_visible_to,
    quotas_with_figures,
)
from secondment.campaigns.rules import (
    may_check,
    may_nominate_for,
    may_read_nomination,
    may_state_preferences,
    may_withdraw,
    rules_kept_from,
)
from secondment.campaigns.services.eligibility import note_finding_looks, preview_findings
from secondment.campaigns.services.nominations import nominate, withdraw_nomination
from secondment.campaigns.sheets import has_form
from secondment.campaigns.shown_findings import ShownFinding, shown_findings
from secondment.campaigns.states import UNDECIDED
from secondment.campaigns.view_models import campaign_context, visible_campaign
from secondment.common.attempts import attempt_button
from secondment.common.components import Fact, Status
from secondment.common.errors import require
from secondment.common.file_faults import refusals_of
from secondment.common.listing.export import export_response
from secondment.common.listing.selection import selected_keys
from secondment.common.navigation import url_or_nothing
from secondment.documents.papers import slots_for
from secondment.files.problems import BadInputError
from secondment.people.choices import TrainingPurpose
from secondment.people.models import Person

MOST_REASON = 500
MOST_OPINION = 200
RULE_ORDER = {code: number for number, code in enumerate(RULE_BY_CODE)}


def nomination_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nominations the user may read in full: all, or those of the own unit."""
    campaign = visible_campaign(request, pk)
    rows = nominations_with_figures(nominations_visible_to(request.user).filter(campaign=campaign))
    context = campaign_context(request.user, campaign, "nomination_list")
    context["may_nominate"] = _may_nominate(request, campaign)

    forms = CampaignAction(
        "forms",
        gettext_lazy("推荐登记表"),
        "campaigns:nomination_forms",
        icon="file-text",
        arguments=(pk,),
    )
    return replace(NOMINATIONS, bulk_actions=(forms,)).respond(
        request,
        rows,
        "campaigns/nomination_list.html",
        context,
        on_export=exporting(request, "nomination.export", campaign),
    )


def nominate_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose people of the own unit; the next page shows what prevents their selection."""
    campaign = _open_campaign(request, pk)
    action = CampaignAction(
        "preview",
        gettext_lazy("推荐所选人员"),
        "campaigns:nominate_preview",
        icon="user-plus",
        arguments=(pk,),
    )
    context = {
        **campaign_context(request.user, campaign, "nomination_list"),
        "quotas": quotas_with_figures(quotas_visible_to(request.user, campaign)),
    }
    table = replace(PERSONS, bulk_actions=(action,))
    return table.respond(
        request, candidates_to_nominate(request.user, campaign), "campaigns/nominate.html", context
    )


@require_POST
def nominate_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the eligibility check would say of the chosen people."""
    campaign = _open_campaign(request, pk)
    return _preview(request, campaign, _chosen(request, campaign))


@require_POST
def nominate_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nominate the people of the page before."""
    campaign = _open_campaign(request, pk)
    persons = _chosen(request, campaign)
    name_them = partial(
        nominate,
        campaign,
        persons,
        purposes=_purposes(request, persons),
        reason=request.POST.get("reason", "").strip()[:MOST_REASON],
        integrity_opinion=request.POST.get("integrity_opinion", "").strip()[:MOST_OPINION],
        **acting_today(request),
    )
    made = attempt_button(request, name_them)
    if made is None:
        return _preview(request, campaign, persons)
    messages.success(request, _("已推荐 %(n)d 人。") % {"n": len(made)})
    return redirect("campaigns:nomination_list", pk=pk)


def nominate_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name people by an Excel list; they then pass the same preview."""
    campaign = _open_campaign(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    context = {
        **campaign_context(request.user, campaign, "nomination_list"),
        "form": form,
        "columns": PERSON_COLUMNS,
        "import_url": url_or_nothing("people:import_create"),
    }
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        candidates = candidates_to_nominate(request.user, campaign)
        try:
            persons = read_persons(
                file.read(),
                file=file.name,
                candidates=candidates,
                leaves_out_others=form.cleaned_data["leaves_out_others"],
            )
        except BadInputError as error:
            context["refused"] = refusals_of(error.problems)
        else:
            return _preview(request, campaign, persons)
    return render(request, "campaigns/nominate_upload.html", context)


def nominate_template(request: SignedInRequest, pk: int) -> HttpResponse:
    """An empty list with the columns an upload needs."""
    campaign = _open_campaign(request, pk)
    title = _("%(campaign)s推荐名单") % {"campaign": campaign.name}
    return export_response(title, PERSON_COLUMNS, [])


def nomination_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One nomination: result of every rule, wishes, exceptions."""
    visible = nominations_visible_to(request.user)
    nomination = get_object_or_404(nominations_with_figures(visible), pk=pk)
    user, campaign = request.user, nomination.campaign
    kept = rules_kept_from(user, campaign)
    findings = shown_findings(nomination.findings.select_related("campaign_post__post__host_unit"), kept)
    note_finding_looks([nomination.person], by=user, at=timezone.now())
    text, kind = check_result(nomination)
    context = {
        **campaign_context(user, campaign, "nomination_list"),
        "nomination": nomination,
        "facts": _facts(nomination),
        "result": text,
        "result_kind": kind,
        "elsewhere": _elsewhere(nomination),
        "rows": _finding_rows(one for one in findings if one.result != Result.PASS),
        "passed": _finding_rows(one for one in findings if one.result == Result.PASS),
        "counts": [(one.label, sum(row.result == one for row in findings)) for one in GRAVEST_FIRST],
        "preferences": nomination.preferences.select_related("campaign_post__post__host_unit"),
        "exemptions": [
            (one, f"revoke-{one.pk}")
            for one in nomination.exemptions.exclude(rule__in=kept).select_related(
                "recorded_by", "campaign_post__post__host_unit"
            )
        ],
        "may_exempt": may_check(user, campaign),
        "slots": slots_for(user, [(NOMINATION, nomination)]),
        "has_form": has_form(nomination),
        "result_url": result_page(nomination),
        "may_withdraw": may_withdraw(user, nomination),
        "may_state": may_state_preferences(user, nomination),
    }
    return render(request, "campaigns/nomination_detail.html", context)


@require_POST
def nomination_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a nomination back."""
    nomination = get_object_or_404(nominations_visible_to(request.user), pk=pk)
    require(may_read_nomination(request.user, nomination), _("您不能撤回该项推荐。"))
    reason = request.POST.get("reason", "").strip()[:MOST_REASON]
    withdraw_nomination(nomination, reason=reason, **acting_today(request))
    messages.success(request, _("已撤回推荐，名额已恢复。"))
    return redirect("campaigns:nomination_list", pk=nomination.campaign_id)


def _may_nominate(request: SignedInRequest, campaign: Campaign) -> bool:
    quotas = quotas_visible_to(request.user, campaign)
    return any(may_nominate_for(request.user, campaign, one.home_unit.path) for one in quotas)


def _open_campaign(request: SignedInRequest, pk: int) -> Campaign:
    campaign = visible_campaign(request, pk)
    require(_may_nominate(request, campaign), _("现在不能推荐：批次不在征集推荐阶段，或本单位没有名额。"))
    return campaign


def _chosen(request: SignedInRequest, campaign: Campaign) -> list[Person]:
    """The people chosen among those who may be nominated; others are not found."""
    keys = selected_keys(request)
    return list(candidates_to_nominate(request.user, campaign).filter(pk__in=keys))


def _purposes(request: SignedInRequest, persons: Iterable[Person]) -> dict[int, str]:
    """The training purpose chosen for each person; what is in no list is not taken."""
    chosen = {one.pk: request.POST.get(f"purpose-{one.pk}") for one in persons}
    return {key: code for key, code in chosen.items() if code in ("", *TrainingPurpose.values)}


def _preview(request: SignedInRequest, campaign: Campaign, persons: list[Person]) -> HttpResponse:
    kept = rules_kept_from(request.user, campaign)
    found = preview_findings(campaign, persons, kept=kept, on=timezone.localdate())
    note_finding_looks(persons, **acting(request))
    rows = [
        (person, [(one, RESULT_STATUS[one.result], n_posts) for one, n_posts in found.get(person.pk, [])])
        for person in persons
    ]
    elsewhere = other_nominations(campaign, [person.pk for person in persons])
    context = {
        **campaign_context(request.user, campaign, "nomination_list"),
        "rows": rows,
        "elsewhere": elsewhere,
        "purposes": TrainingPurpose.choices,
    }
    return render(request, "campaigns/nominate_preview.html", context)


def _elsewhere(nomination: Nomination) -> Iterable[Nomination]:
    """The other campaigns that count on the same person, as long as nothing is decided here."""
    is_live = nomination.state == NominationState.NOMINATED and nomination.campaign.state in UNDECIDED
    return other_nominations(nomination.campaign, [nomination.person_id]) if is_live else ()


def _facts(nomination: Nomination) -> list[Fact]:
    person = nomination.person
    return [
        Fact(_("派出单位"), nomination.home_unit.name),
        Fact(_("现任职务"), person.post_title),
        Fact(_("推荐日期"), nomination.nominated_on),
        *([Fact(_("抽签号"), nomination.lot)] if nomination.lot else []),
        Fact(_("本人答复"), nomination.answered_on or _("未答复")),
        Fact(_("审查时间"), nomination.checked_at),
        Fact(_("希望就近安排"), nomination.prefers_near),
        Fact(_("培养目的"), nomination.get_purpose_display()),
        Fact(_("推荐理由"), nomination.reason, is_wide=True),
        Fact(_("廉政意见"), nomination.integrity_opinion, is_wide=True),
        Fact(_("困难及需关照事项"), nomination.hardship_text, is_wide=True),
    ]


def _finding_rows(findings: Iterable[ShownFinding]) -> list[tuple[ShownFinding, Status]]:
    """Findings, those that need action first; what is withheld from the reader comes before the rules."""
    in_order = sorted(
        findings, key=lambda one: (GRAVEST_FIRST.index(Result(one.result)), RULE_ORDER.get(one.rule, -1))
    )
    return [(one, RESULT_STATUS[one.result]) for one in in_order]
