"""Pages of results: for the person, the home unit and, in full and on paper, the organisation department."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.campaigns.choices import UNPUBLISHED, CampaignState, Outcome
from secondment.campaigns.models import Nomination
from secondment.campaigns.queries import posts_of
from secondment.campaigns.rules import may_manage, rules_kept_from
from secondment.campaigns.services.eligibility import note_finding_looks
from secondment.common.attempts import attempt
from secondment.common.keys import number_in
from secondment.decision import forms, services
from secondment.decision.models import Decision
from secondment.decision.queries import AFTER, campaigns_visible_to, in_force, taken_back
from secondment.decision.result_lists import RESULTS
from secondment.decision.result_queries import reads_unpublished, results_of, results_visible_to
from secondment.decision.results import Reader, result_page
from secondment.decision.rules import require_owner
from secondment.people.rules import is_self, sections_of


def result_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The result of one nomination; `post` shows another post of the campaign in detail."""
    nomination = get_object_or_404(results_visible_to(request.user), pk=pk)
    campaign, user = nomination.campaign, request.user
    if nomination.outcome == Outcome.WITHDRAWN and not reads_unpublished(user, campaign):
        return _withdrawn_result(request, nomination)
    reader = Reader(
        kept=rules_kept_from(user, campaign),
        sections=sections_of(user, nomination.person),
        is_owner=may_manage(user, campaign),
    )
    shown = posts_of(campaign).filter(pk=number_in(request.GET.get("post", ""))).first()
    try:
        page = result_page(nomination, reader, shown=shown)
    except Decision.DoesNotExist:
        raise Http404 from None
    note_finding_looks([nomination.person], **acting(request))
    context = {
        "page": page,
        "nomination": nomination,
        "campaign": campaign,
        "shown": shown,
        "is_owner": reader.is_owner,
        "is_own": is_self(user, nomination.person),
    }
    return render(request, "decision/result_detail.html", context)


def _withdrawn_result(request: SignedInRequest, nomination: Nomination) -> HttpResponse:
    """A published result that was taken back: nothing about who was chosen, before the next one is published."""
    context = {
        "nomination": nomination,
        "campaign": nomination.campaign,
        "is_own": is_self(request.user, nomination.person),
        "withdrawn_on": taken_back(nomination.campaign).values_list("withdrawn_on", flat=True).first(),
    }
    return render(request, "decision/result_withdrawn.html", context)


def result_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everyone nominated and what became of them, for those who decide; from here the result is published."""
    campaign = get_object_or_404(campaigns_visible_to(request.user).filter(state__in=AFTER), pk=pk)
    decision = get_object_or_404(in_force(), campaign=campaign)
    rows = results_of(campaign)
    n_chosen = decision.items.filter(campaign_post__isnull=False).count()
    n_nominated = rows.count()
    is_published = rows.exclude(outcome__in=UNPUBLISHED).exists()
    context = {
        "campaign": campaign,
        "decision": decision,
        "n_chosen": n_chosen,
        "n_others": n_nominated - n_chosen,
        "is_published": is_published,
        "may_publish": may_manage(request.user, campaign)
        and campaign.state == CampaignState.DECIDED
        and decision.published_on is None
        and not is_published,
    }
    return RESULTS.respond(request, rows, "decision/result_list.html", context)


def results_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish, once the dialog with the numbers was agreed to."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_owner(request.user, campaign)
    decision = get_object_or_404(in_force().select_related("campaign__owner_unit"), campaign=campaign)
    services.publish_results(decision, **acting_today(request))
    messages.success(request, _("结果已公布，派出单位和本人可以查看本人的结果和原因。"))
    return redirect("decision:result_list", pk)


def decision_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct meeting, number or day of a recorded decision."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_owner(request.user, campaign)
    decision = get_object_or_404(in_force().select_related("campaign__owner_unit"), campaign=campaign)
    initial = {"meeting": decision.meeting, "number": decision.number, "decided_on": decision.decided_on}
    form = forms.CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            form,
            lambda: services.correct_decision(
                decision, form.answer(), reason=reason, **acting_today(request)
            ),
        )
        if done is not None:
            messages.success(request, _("决定已更正，更正前的内容和事由保留在决定页。"))
            return redirect("decision:decision_detail", pk)
    context = {
        "campaign": campaign,
        "form": form,
        "title": _("更正集体决定"),
        "note": _(
            "只更正会议、文号和日期的登记错误。某人不再派出的，请在其挂职页取消挂职并写明理由；整个决定须重新研究的，请撤回决定。"
        ),
        "action": _("更正"),
        "reader": _("组织部门、领导"),
    }
    return render(request, "decision/step_form.html", context)
