"""Talks, the collective decision and its minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.queries import posts_of
from secondment.common.attempts import attempt
from secondment.decision import forms, services
from secondment.decision.models import Decision
from secondment.decision.parameters import minutes_days
from secondment.decision.queries import (
    in_force,
    live_nominations,
    talks_about,
)
from secondment.decision.rules import actions_for
from secondment.decision.summary import decision_summary
from secondment.decision.views.finding import campaign_to_decide, overview_for, step_page
from secondment.matching.holding import live_pairs
from secondment.matching.intervention_lines import principle_text
from secondment.matching.services.interventions import proposed_posts, reasons_by_hand


def talks_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """One talk for many people."""
    campaign, proposal = campaign_to_decide(request, pk)
    pairs = list(live_pairs(proposal))
    initial = {"held_on": timezone.localdate(), "talker": request.user.name}
    names = {pair.nomination_id: pair.nomination.person.name for pair in pairs}
    form = forms.TalksForm(request.POST or None, initial=initial, people=names)
    chosen = forms.ticked(request.POST.getlist("selected"), [pair.nomination_id for pair in pairs])
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, _("请勾选参加谈话的人员。"))
        elif talks := attempt(
            form, lambda: services.record_talks(proposal, form.talks(chosen), **acting_today(request))
        ):
            messages.success(request, _("已登记 %(n)d 人的谈话。") % {"n": len(talks)})
            return redirect("decision:decision_detail", pk)
    talks_by_person = {talk.nomination_id: talk for talk in talks_about(proposal)}
    context = {
        "campaign": campaign,
        "form": form,
        "rows": [
            (pair, talks_by_person.get(pair.nomination_id), form[forms.own_points(pair.nomination_id)])
            for pair in pairs
        ],
        "chosen": chosen,
    }
    return render(request, "decision/talks_record.html", context)


def decision_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the collective decision; only what differs from the proposal is typed."""
    campaign, proposal = campaign_to_decide(request, pk)
    pairs = list(live_pairs(proposal))
    on = timezone.localdate()
    form = forms.MeetingForm(
        request.POST or None,
        initial={"decided_on": on},
        is_urgent="decide_urgently" in actions_for(request.user, campaign),
        is_early=campaign.state == CampaignState.REVIEW,
    )
    changes = forms.change_forms(
        _with_more_rows(request),
        list(live_nominations(campaign)),
        list(posts_of(campaign)),
        forms.initial_changes(pairs, proposed_posts(proposal), reasons_by_hand(proposal)),
    )
    summary = None
    is_sent = request.method == "POST" and "add_rows" not in request.POST
    if is_sent and form.is_valid() and changes.is_valid():
        changed = [pair for one in changes if (pair := one.pair()) is not None]
        decided = forms.decided_pairs(pairs, changed)
        summary = decision_summary(proposal, form.answer(), decided)

        def decide() -> Decision:
            return services.decide_campaign(
                proposal,
                form.answer(),
                decided,
                afterwards=form.afterwards(),
                **acting_today(request),
            )

        if request.POST.get("confirmed") == summary.mark and attempt(form, decide) is not None:
            messages.success(request, _("集体决定已登记，可以印发挂职通知。"))
            return redirect("decision:decision_detail", pk)
    context = {
        "campaign": campaign,
        "form": form,
        "changes": changes,
        "n_pairs": len(pairs),
        "proposal": proposal,
        "principle": principle_text(proposal),
        "summary": summary if form.is_valid() else None,
        "before": overview_for(request, campaign, proposal).before,
    }
    return render(request, "decision/decision_record.html", context)


def minutes_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes of an urgent decision."""
    campaign, _proposal = campaign_to_decide(request, pk)
    decision = get_object_or_404(in_force(), campaign=campaign)
    form = forms.MinutesForm(request.POST or None, initial={"minutes_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form, lambda: services.record_minutes(decision, **form.cleaned_data, **acting_today(request))
        )
        if kept is not None:
            messages.success(request, _("会议纪要已登记。"))
            return redirect("decision:decision_detail", pk)
    note = _("会议纪要须在决定后 %(n)d 天内形成，不得免除。") % {"n": minutes_days(campaign)}
    return step_page(request, campaign, form, _("登记会议纪要"), note, _("登记"), _("组织部门、领导"))


def _with_more_rows(request: SignedInRequest) -> Any:
    """What was posted, with more empty rows when they were asked for."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "add_rows" in data:
        count = data.get("changes-TOTAL_FORMS", "0")
        n_rows = int(count) if count.isascii() and count.isdigit() else 0
        data["changes-TOTAL_FORMS"] = str(n_rows + forms.EXTRA_CHANGES)
    return data
