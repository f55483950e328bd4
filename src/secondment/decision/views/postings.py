"""The public notification and what is reported during it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.audit.services import record_export
from secondment.campaigns.models import Campaign
from secondment.campaigns.steps import StepKey
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.decision import forms, services
from secondment.decision.documents import notification_letter
from secondment.decision.parameters import notification_workdays
from secondment.decision.queries import (
    campaigns_visible_to,
    live_nominations,
    objections_visible_to,
    posted_in,
    postings_of,
)
from secondment.decision.rules import require_owner
from secondment.decision.views.finding import campaign_to_decide, last_posting, overview_for, step_page
from secondment.documents.official import letter_bytes
from secondment.matching.holding import live_pairs


def notification_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set the days of the public notification."""
    campaign, proposal = campaign_to_decide(request, pk)
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
    overview = overview_for(request, campaign, proposal)
    context = {"blockers": overview.before.keeps_from_posting if overview.before else []}
    return step_page(
        request, campaign, form, _("发布公示"), note, _("发布"), _("干部群众"), StepKey.PUBLIC, context
    )


def notification_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a public notification that was posted by mistake."""
    campaign, proposal = campaign_to_decide(request, pk)
    notification = last_posting(request, proposal)
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
    return step_page(
        request, campaign, form, _("撤回公示"), note % days, _("撤回"), _("组织部门、领导"), StepKey.PUBLIC
    )


def notification_download(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notification as a Word document."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    notification = get_object_or_404(posted_in(campaign))
    record_export("campaign.download_notification", campaign, **acting(request))
    letter = notification_letter(campaign, notification, list(live_pairs(notification.proposal)))
    return download(letter_bytes(letter), f"{letter.title}.docx")


def objection_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what was reported during the notification."""
    campaign, proposal = campaign_to_decide(request, pk)
    notification = last_posting(request, proposal)
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
    return step_page(
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
    return step_page(
        request, campaign, form, _("核实反映情况"), objection.text, _("保存"), _("组织部门"), StepKey.PUBLIC
    )


def _notification_initial(campaign: Campaign) -> dict[str, Any]:
    """The next day, and the contact that the owner gave last time."""
    last = postings_of(campaign.owner_unit).first()
    return {
        "starts_on": timezone.localdate() + dt.timedelta(days=1),
        "contact": last.contact if last else "",
    }
