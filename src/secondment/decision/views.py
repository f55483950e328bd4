"""Pages from the chosen proposal to the recorded decision."""

import datetime as dt
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.audit.services import record_export
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, CampaignPost
from secondment.campaigns.rules import may_manage, rules_kept_from
from secondment.campaigns.services.eligibility import note_told_lapses
from secondment.campaigns.steps import StepKey
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.decision import forms, services, view_models
from secondment.decision.choices import Reply
from secondment.decision.documents import notification_letter
from secondment.decision.lists import CAMPAIGNS, CONSULTATIONS
from secondment.decision.models import Decision, PreAppointmentTalk, PublicNotification
from secondment.decision.parameters import minutes_days, notification_workdays
from secondment.decision.queries import (
    AFTER,
    ANSWERS_WITH_POSTS,
    answers_before,
    campaigns_visible_to,
    chosen_proposal,
    consultations_visible_to,
    consultations_with_figures,
    in_force,
    live_nominations,
    objections_visible_to,
    pairs_shown,
    taken_back,
)
from secondment.decision.reply_forms import Asked
from secondment.decision.rules import actions_for, may_reply, require_owner, takes_replies
from secondment.decision.summary import decision_summary
from secondment.decision.views_replies import answer_page
from secondment.documents.official import letter_bytes
from secondment.matching.holding import live_pairs
from secondment.matching.intervention_lines import intervention_lines, principle_text
from secondment.matching.models import Proposal
from secondment.matching.services.interventions import proposed_posts, reasons_by_hand

T = TypeVar("T")
A_WEEK = dt.timedelta(days=7)


def decision_list(request: SignedInRequest) -> HttpResponse:
    """Campaigns on their way to a decision."""
    number = in_force().filter(campaign=OuterRef("pk")).values("number")
    rows = campaigns_visible_to(request.user).annotate(decision_number=Subquery(number))
    return CAMPAIGNS.respond(request, rows, "decision/decision_list.html")


def decision_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The state of the campaign between matching and dispatch, and what is missing."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    proposal = chosen_proposal(campaign)
    found = _overview(request, campaign, proposal) if proposal else None
    context: dict[str, Any] = {
        "campaign": campaign,
        "overview": found,
        "interventions": intervention_lines(proposal) if proposal else [],
        "principle": principle_text(proposal) if proposal else "",
        "actions": actions_for(request.user, campaign),
        "may_correct": may_manage(request.user, campaign),
        "taken_back": list(taken_back(campaign)),
        "may_remind": may_manage(request.user, campaign) and takes_replies(campaign),
        "later_steps": view_models.later_steps(campaign, timezone.localdate()),
        "decision_facts": view_models.decision_facts(found.decision) if found and found.decision else [],
    }
    if proposal is None:
        context |= {
            "is_decided": campaign.state in AFTER,
            "campaign_key": str(campaign.pk),
            "n_recorded": campaign.placements.count(),
        }
        return render(request, "decision/decision_detail.html", context)
    rows = consultations_with_figures(proposal, on=timezone.localdate())
    return CONSULTATIONS.respond(
        request,
        rows,
        "decision/decision_detail.html",
        context,
        on_export=exporting(request, "consultation.export", campaign),
    )


def consultation_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the units."""
    campaign, proposal = _chosen(request, pk)
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
    return _form_page(
        request, campaign, form, _("征求意见"), note, _("发出"), _("派出单位、接收单位"), StepKey.OPINIONS
    )


def review_resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to matching."""
    campaign, proposal = _chosen(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: services.resume_review(proposal, **form.cleaned_data, **acting_today(request))
        )
        if done is not None:
            messages.success(request, _("已退回匹配。调整并采用方案后，重新征求意见。"))
            return redirect("decision:decision_detail", pk)
    note = _("退回后须重新征求意见和公示，已有的答复保留在记录中。")
    return _form_page(request, campaign, form, _("退回匹配"), note, _("退回"), _("组织部门"))


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
    return _form_page(
        request, campaign, form, title, consultation.text, _("保存"), consultation.unit.name, StepKey.OPINIONS
    )


def notification_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set the days of the public notification."""
    campaign, proposal = _chosen(request, pk)
    form = forms.NotificationForm(request.POST or None, initial=_notification_initial(campaign))
    if request.method == "POST" and form.is_valid():
        published = attempt(
            form,
            lambda: services.publish_notification(proposal, **form.cleaned_data, **acting_today(request)),
        )
        if published is not None:
            days = {"first": published.span.starts_on, "last": published.span.last_day}
            messages.success(request, _("公示时间为 %(first)s 至 %(last)s。") % days)
            return redirect("decision:decision_detail", pk)
    n_workdays = notification_workdays(campaign)
    note = _("本项目要求公示不少于 %(n)d 个工作日；结束日期按国家放假安排推算。") % {"n": n_workdays}
    overview = _overview(request, campaign, proposal)
    context = {"blockers": overview.before.keeps_from_posting if overview.before else []}
    return _form_page(
        request, campaign, form, _("发布公示"), note, _("发布"), _("干部群众"), StepKey.PUBLIC, context
    )


def notification_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a public notification that was posted by mistake."""
    campaign, proposal = _chosen(request, pk)
    notification = _last_posting(request, proposal)
    form = forms.WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: services.withdraw_notification(
                notification, **form.cleaned_data, **acting_today(request)
            ),
        )
        if done is not None:
            messages.success(request, _("公示已撤回。已张贴的请同时取下；更正后重新发布公示。"))
            return redirect("decision:decision_detail", pk)
    days = {"first": notification.starts_on, "last": notification.last_day}
    note = _(
        "撤回 %(first)s 至 %(last)s 的公示：批次退回征求意见，各单位的答复、谈话和已收到的反映都保留；重新发布后公示天数从头计算。"
    )
    return _form_page(
        request, campaign, form, _("撤回公示"), note % days, _("撤回"), _("组织部门、领导"), StepKey.PUBLIC
    )


def notification_download(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notification as a Word document."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    notification = get_object_or_404(
        PublicNotification, proposal__run__campaign=campaign, proposal__is_chosen=True, withdrawn_on=None
    )
    record_export("campaign.download_notification", campaign, **acting(request))
    letter = notification_letter(campaign, notification, list(live_pairs(notification.proposal)))
    return download(letter_bytes(letter), f"{letter.title}.docx")


def objection_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what was reported during the notification."""
    campaign, proposal = _chosen(request, pk)
    notification = _last_posting(request, proposal)
    nominations = live_nominations(campaign).filter(pairs__proposal=proposal)
    form = forms.ObjectionForm(
        request.POST or None, nominations=nominations, initial={"received_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form,
            lambda: services.record_objection(notification, **form.cleaned_data, **acting_today(request)),
        )
        if kept is not None:
            messages.success(request, _("已登记。写明核实结论前不能作出决定。"))
            return redirect("decision:decision_detail", pk)
    note = _("对反映人保密：系统不设记录反映人的栏目。")
    return _form_page(
        request, campaign, form, _("登记反映情况"), note, _("登记"), _("组织部门"), StepKey.PUBLIC
    )


def objection_resolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what was found."""
    objection = get_object_or_404(objections_visible_to(request.user), pk=pk)
    campaign = objection.notification.proposal.run.campaign
    require_owner(request.user, campaign)
    form = forms.ConclusionForm(request.POST or None, initial={"conclusion": objection.conclusion})
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form, lambda: services.resolve_objection(objection, **form.cleaned_data, **acting_today(request))
        )
        if kept is not None:
            messages.success(request, _("核实结论已保存。"))
            return redirect("decision:decision_detail", campaign.pk)
    return _form_page(
        request, campaign, form, _("核实反映情况"), objection.text, _("保存"), _("组织部门"), StepKey.PUBLIC
    )


def talks_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """One talk for many people."""
    campaign, proposal = _chosen(request, pk)
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
    talks_by_person = {
        talk.nomination_id: talk for talk in PreAppointmentTalk.objects.filter(proposal=proposal)
    }
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
    campaign, proposal = _chosen(request, pk)
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
        list(CampaignPost.objects.filter(campaign=campaign).select_related("post__host_unit")),
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
        "before": _overview(request, campaign, proposal).before,
    }
    return render(request, "decision/decision_record.html", context)


def minutes_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes of an urgent decision."""
    campaign, _proposal = _chosen(request, pk)
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
    return _form_page(request, campaign, form, _("登记会议纪要"), note, _("登记"), _("组织部门、领导"))


def _overview(request: SignedInRequest, campaign: Campaign, proposal: Proposal) -> view_models.Overview:
    """Where things stand, as this reader is told; a fact of a finding among it is a look at the findings."""
    kept = rules_kept_from(request.user, campaign)
    is_led = may_manage(request.user, campaign)
    found = view_models.overview(proposal, kept=kept, on=timezone.localdate(), is_led=is_led)
    note_told_lapses(campaign, found.obstacles, **acting(request))
    return found


def _chosen(request: SignedInRequest, pk: int) -> tuple[Campaign, Proposal]:
    """A campaign the user decides, and its chosen proposal; without one there is nothing to do here."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    require_owner(request.user, campaign)
    proposal = chosen_proposal(campaign)
    if proposal is None:
        raise Http404
    return campaign, proposal


def _last_posting(request: SignedInRequest, proposal: Proposal) -> PublicNotification:
    """What is posted; for a form sent while a colleague withdrew it that one, so that the refusal keeps the text typed."""
    last = proposal.public_notifications.order_by("-pk").first()
    if last is None or (request.method != "POST" and last.withdrawn_on):
        raise Http404
    return last


def _notification_initial(campaign: Campaign) -> dict[str, Any]:
    """The next day, and the contact that the owner gave last time."""
    last = (
        PublicNotification.objects.filter(proposal__run__campaign__owner_unit=campaign.owner_unit)
        .order_by("-pk")
        .first()
    )
    return {
        "starts_on": timezone.localdate() + dt.timedelta(days=1),
        "contact": last.contact if last else "",
    }


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


def _form_page(
    request: SignedInRequest,
    campaign: Campaign,
    form: Any,
    title: str,
    note: str,
    action: str,
    reader: str,
    step: StepKey = StepKey.DECISION,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        **(more or {}),
        "step": step,
        "campaign": campaign,
        "form": form,
        "title": title,
        "note": note,
        "action": action,
        "reader": reader,
    }
    return render(request, "decision/step_form.html", context)
