"""What units are asked and what they object."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.campaigns.rules import may_manage
from secondment.campaigns.steps import StepKey
from secondment.common.attempts import attempt
from secondment.decision import forms, services, view_models
from secondment.decision.choices import Reply
from secondment.decision.queries import (
    ANSWERS_WITH_POSTS,
    answers_before,
    consultations_visible_to,
    pairs_shown,
)
from secondment.decision.reply_forms import Asked
from secondment.decision.rules import actions_for, may_reply, require_owner
from secondment.decision.views.finding import campaign_to_decide, step_page
from secondment.decision.views.replies import answer_page

A_WEEK = dt.timedelta(days=7)


def consultation_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the units."""
    campaign, proposal = campaign_to_decide(request, pk)
    initial = {"due_on": timezone.localdate() + A_WEEK}
    form = forms.ConsultationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = attempt(
            form, lambda: services.start_consultation(proposal, **form.cleaned_data, **acting_today(request))
        )
        if asked is not None:
            messages.success(request, _("已向 %(n)d 个单位征求意见。") % {"n": len(asked)})
            return redirect("decision:decision_detail", pk)
    note = _("各单位仅可查看本单位的人选或岗位，不显示匹配分数和其他单位的名单。")
    return step_page(
        request, campaign, form, _("征求意见"), note, _("发出"), _("派出单位、接收单位"), StepKey.OPINIONS
    )


def consultation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one unit was asked and replied; the unit itself answers in its table."""
    shown = consultations_visible_to(request.user).prefetch_related(ANSWERS_WITH_POSTS)
    consultation = get_object_or_404(shown, pk=pk)
    campaign = consultation.proposal.run.campaign
    if request.method == "POST" or may_reply(request.user, consultation):
        return answer_page(request, [consultation])
    asked = [Asked(consultation, pair) for pair in pairs_shown(consultation)]
    context = {
        "consultation": consultation,
        "campaign": campaign,
        "asked": asked,
        "history": answers_before(consultation),
        "facts": view_models.reply_facts(consultation),
        "is_owner": may_manage(request.user, campaign),
        "may_handle": consultation.reply == Reply.OBJECTED
        and "handle_objection" in actions_for(request.user, campaign),
    }
    return render(request, "decision/consultation_detail.html", context)


def objection_handle(request: SignedInRequest, pk: int) -> HttpResponse:
    """How a unit's objection was dealt with."""
    consultation = get_object_or_404(consultations_visible_to(request.user), pk=pk)
    campaign = consultation.proposal.run.campaign
    require_owner(request.user, campaign)
    form = forms.HandlingForm(request.POST or None, initial={"handling": consultation.handling})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: services.handle_objection(consultation, **form.cleaned_data, **acting_today(request)),
        )
        if done is not None:
            messages.success(request, _("处理结论已告知该单位。"))
            return redirect("decision:decision_detail", campaign.pk)
    title = _("处理%(unit)s的异议") % {"unit": consultation.unit.name}
    return step_page(
        request, campaign, form, title, consultation.text, _("保存"), consultation.unit.name, StepKey.OPINIONS
    )
