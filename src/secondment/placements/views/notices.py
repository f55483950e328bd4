"""Pages of notices: issue with a preview, the register, withdraw and correct."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.audit.services import record_export
from secondment.campaigns.models import Campaign
from secondment.common.attempts import attempt
from secondment.common.components import Fact
from secondment.common.downloads import download
from secondment.documents.official import lines_of
from secondment.documents.services import coming_numbers
from secondment.jobs.queries import unfinished
from secondment.placements import services
from secondment.placements.choices import NoticeState
from secondment.placements.forms import IssueForm, NoticeCorrectionForm, NoticeWithdrawalForm
from secondment.placements.letters import LetterFacts, joint_letter, notice_letter
from secondment.placements.models import AppointmentNotice, Placement
from secondment.placements.notice_lists import NOTICE_STATUS, NOTICES
from secondment.placements.parameters import report_within_days
from secondment.placements.queries import (
    in_letter_order,
    last_series,
    notices_visible_to,
    offices_above,
    with_names,
    with_notice,
    without_notice,
)
from secondment.placements.rules import (
    may_change_notice,
    require_may_change_notice,
    require_may_issue,
    require_may_manage,
)
from secondment.placements.services.batches import ISSUE_JOB, is_long, request_issue
from secondment.placements.services.issuing import check_issue
from secondment.placements.views.finding import found, found_campaign

SHOWN = 200


def notice_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """Issue the notice for one person: what it will say is shown before it takes a number."""
    placement = found(request, pk)
    require_may_manage(request.user, placement)
    form = IssueForm(request.POST or None, n_people=1, initial=issue_initial(placement))
    context = {"form": form, "placement": placement}
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        issue = form.issue()
        if "confirm" not in request.POST:
            shown = _preview(request, form, [placement], issue)
            return shown or render(request, "placements/notice_issue.html", context)
        issued = attempt(form, lambda: services.issue_notice(placement, issue, **acting_today(request)))
        if issued is not None:
            messages.success(request, _("已印发 %(number)s。") % {"number": issued.notice_number})
            return redirect("placements:placement_detail", pk)
    return render(request, "placements/notice_issue.html", context)


def notices_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """Issue the notices of everyone in a campaign who waits for one, after a preview."""
    campaign = found_campaign(request, pk)
    require_may_issue(request.user, campaign)
    waiting = with_names(without_notice(campaign))
    n_waiting = waiting.count()
    form = IssueForm(request.POST or None, n_people=n_waiting, initial=issue_initial(campaign))
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        if "confirm" in request.POST:
            target = attempt(form, lambda: _issue_all(request, campaign, form.issue(), n_waiting))
            if target is not None:
                return redirect(target)
        elif n_waiting and (shown := _preview(request, form, in_letter_order(waiting), form.issue())):
            return shown
    n_issued = with_notice(campaign).count()
    context = {
        "form": form,
        "campaign": campaign,
        "n_waiting": n_waiting,
        "n_issued": n_issued,
        "waiting": waiting[:SHOWN],
        "job": unfinished(ISSUE_JOB, "campaign", campaign.pk).first(),
    }
    return render(request, "placements/notices_issue.html", context)


def notice_list(request: SignedInRequest) -> HttpResponse:
    """Every number that was given, with what became of it."""
    rows = notices_visible_to(request.user)
    on_export = exporting(request, "placements.export_notices", request.user)
    return NOTICES.respond(request, rows, "placements/notice_list.html", on_export=on_export)


def notice_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One number: whom it is about, its versions, and how to withdraw or correct it."""
    notice = get_object_or_404(notices_visible_to(request.user), pk=pk)
    same = notices_visible_to(request.user).filter(owner_unit=notice.owner_unit, number=notice.number)
    context = {
        "notice": notice,
        "status": NOTICE_STATUS[notice.state],
        "facts": [
            Fact(_("对象"), notice.subject),
            Fact(_("批次"), notice.campaign.name if notice.campaign else ""),
            Fact(_("印发日期"), notice.issued_on),
            Fact(_("报到期限"), notice.report_by),
            Fact(_("印发人"), notice.issued_by.name if notice.issued_by else ""),
            Fact(_("作废或更正日期"), notice.changed_on),
            Fact(_("抄送"), notice.copies, is_wide=True),
            Fact(_("作废或更正理由"), notice.reason, is_wide=True),
        ],
        "people": with_names(notice.placements.all()).order_by("host_unit__path", "person__name_key"),
        "versions": [one for one in same.order_by("version") if one.pk != notice.pk],
        "may_change": notice.state == NoticeState.IN_FORCE and may_change_notice(request.user, notice),
    }
    return render(request, "placements/notice_detail.html", context)


def notice_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The Word file of this version."""
    notice = get_object_or_404(notices_visible_to(request.user).exclude(file=None), pk=pk)
    if notice.file is None:
        raise Http404
    record_export("notice.download", notice, **acting(request))
    with notice.file.content.open("rb") as file:
        return download(file.read(), notice.file.name)


def notice_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a number as void, with the reason."""
    form = NoticeWithdrawalForm(request.POST or None)
    text = _("作废后，文号保留在发文登记中并注明理由，不再使用；通知涉及的人员回到待印发通知，可以重新印发。")

    def act(notice: AppointmentNotice) -> AppointmentNotice:
        return services.withdraw_notice(notice, **form.cleaned_data, **acting_today(request))

    return _changed(
        request, pk, form, (_("作废挂职通知"), text, _("作废"), _("已作废，文号保留并注明理由。")), act
    )


def notice_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the notice again under its number."""
    notice = get_object_or_404(notices_visible_to(request.user), pk=pk)
    initial = {"report_by": notice.report_by, "copies": notice.copies}
    form = NoticeCorrectionForm(request.POST or None, initial=initial)
    text = _(
        "更正后的通知沿用原文号，按现有的姓名、单位、职务和期限重新写成，并写明代替原件和更正事由；原件保留。"
    )

    def act(notice: AppointmentNotice) -> AppointmentNotice:
        return services.correct_notice(notice, **form.cleaned_data, **acting_today(request))

    return _changed(
        request, pk, form, (_("更正挂职通知"), text, _("更正"), _("已更正，原件保留在发文登记中。")), act
    )


def issue_initial(subject: Campaign | Placement) -> dict[str, Any]:
    """The last number series of the organisation department; the day to report by, as the programme sets it."""
    days = dt.timedelta(days=report_within_days(subject))
    usual = max(timezone.localdate() + days, subject.starts_on)
    return {"series": last_series(subject.owner_unit), "report_by": min(usual, subject.last_day)}


def _preview(
    request: SignedInRequest, form: IssueForm, placements: Sequence[Placement], issue: services.Issue
) -> HttpResponse | None:
    """The numbers to come and the text of the first letter; nothing is numbered. None: refused, the form says why."""
    on = timezone.localdate()

    def check() -> bool:
        check_issue(placements, issue, by=request.user, on=on)
        return True

    if attempt(form, check) is None:
        return None
    n_letters = 1 if issue.is_joint else len(placements)
    first, last = coming_numbers(issue.series, n_letters, on=on)
    facts = LetterFacts(
        first, on, issue.report_by, issue.copies, offices_above(placements) if issue.copies_above else {}
    )
    campaign = placements[0].campaign
    is_joint = issue.is_joint and campaign is not None
    letter = (
        joint_letter(campaign, placements, facts)
        if is_joint and campaign
        else notice_letter(placements[0], facts)
    )
    context = {
        "form": form,
        "lines": lines_of(letter),
        "first": first,
        "last": last,
        "n_letters": n_letters,
        "n_people": len(placements),
        "is_joint": is_joint,
        "placements": placements[:SHOWN],
        "campaign": campaign,
    }
    return render(request, "placements/notices_preview.html", context)


def _changed(
    request: SignedInRequest,
    pk: int,
    form: Any,
    words: tuple[str, str, str, str],
    act: Callable[[AppointmentNotice], AppointmentNotice],
) -> HttpResponse:
    notice = get_object_or_404(notices_visible_to(request.user), pk=pk)
    require_may_change_notice(request.user, notice)
    title, text, action, done = words
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, lambda: act(notice))
        if changed is not None:
            messages.success(request, done)
            return redirect("placements:notice_detail", changed.pk)
    context = {"notice": notice, "form": form, "title": title, "text": text, "action": action}
    return render(request, "placements/notice_change.html", context)


def _issue_all(request: SignedInRequest, campaign: Campaign, issue: services.Issue, n_waiting: int) -> str:
    """Issue immediately, or by a background job if there are many; returns the address of the next page."""
    if is_long(n_waiting):
        job = request_issue(campaign, issue, **acting_today(request))
        return reverse("jobs:job_detail", args=[job.pk])
    issued = services.issue_notices(campaign, issue, **acting_today(request))
    messages.success(request, _("已为 %(n)d 人印发挂职通知。") % {"n": len(issued)})
    return f"{reverse('placements:placement_list')}?campaign={campaign.pk}"
