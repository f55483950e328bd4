"""Home notices (F9): given to one or several secondees, corrected, read."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.period_pages import until_of
from secondment.daily_work import services, view_models
from secondment.daily_work.cycles import NOTICE, QUARTER_MONTHS
from secondment.daily_work.desk import Desk, Entry
from secondment.daily_work.forms import GiveForm, NoticeForm, ReplyForm
from secondment.daily_work.lists import NOTICES
from secondment.daily_work.models import HomeNotice
from secondment.daily_work.queries import about, for_list, handed_in_by, notices_of
from secondment.daily_work.rules import may_confirm_reading, may_hand_in
from secondment.obligations.periods import last_over, period_ending, period_of
from secondment.placements.models import Placement

MOST_ROWS = 1_000
GIVERS = (Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)


def notice_list(request: SignedInRequest) -> HttpResponse:
    """Notices of the quarter: how many have one, who lacks one, and every notice ever given."""
    require(has_role(request.user, *GIVERS, Role.SECONDEE))
    on = timezone.localdate()
    may_give = has_role(request.user, *GIVERS)
    until = until_of(request, last_over(on, QUARTER_MONTHS).ends_on)
    context: dict[str, Any] = {"may_give": may_give, "until": until, "on": on}
    if may_give:
        desk, is_too_long = _desk(request, until)
        missing = [desk.placements[pk] for pk in desk.periods if desk.latest(desk.placements[pk]) is None]
        context |= {
            "tabs": view_models.quarter_tabs("daily_work:notice_list", until, on),
            "progress": view_models.progress_of(desk, NOTICE.label, desk.periods),
            "missing": missing,
            "is_too_long": is_too_long,
            "quarter": period_ending(until, QUARTER_MONTHS),
        }
    return NOTICES.respond(
        request,
        for_list(notices_of(request.user)),
        "daily_work/notice_list.html",
        context,
        on_export=exporting(request, "daily_work.export_notices", request.user),
    )


def notice_give(request: SignedInRequest) -> HttpResponse:
    """One text for several persons; those without a notice for the period are chosen to begin with."""
    require(has_role(request.user, *GIVERS))
    on = timezone.localdate()
    until = until_of(request, period_of(on, QUARTER_MONTHS).ends_on)
    desk, is_too_long = _desk(request, until)
    people = [one for one in desk.placements.values() if one.pk in desk.periods]
    chosen = [one.pk for one in people if desk.latest(one) is None]
    form = GiveForm(request.POST or None, people=people, initial={"placements": chosen})
    if request.method == "POST" and form.is_valid():
        entries = [Entry(one, form.content(), adds=True) for one in form.cleaned_data["placements"]]
        n = attempt(form, lambda: services.send_notices(entries, until, **acting_today(request)))
        if n is not None:
            words = ngettext("已告知 %(n)d 人。", "已告知 %(n)d 人。", n) % {"n": n}
            messages.success(request, words if n else _("同样的内容已经告知过，未重复发送。"))
            return redirect("daily_work:notice_list")
    context = {
        "form": form,
        "people": people,
        "is_too_long": is_too_long,
        "tabs": view_models.quarter_tabs("daily_work:notice_give", until, on),
        "quarter": period_ending(until, QUARTER_MONTHS),
    }
    return render(request, "daily_work/notice_give.html", context)


def notice_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was told, by whom, whether it was read, and what it replaced."""
    notice = _found(request, pk)
    return _shown(request, notice)


@require_POST
def notice_reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The secondee answers; nobody asks for it."""
    notice, form = _found(request, pk), ReplyForm(request.POST)

    def act() -> HomeNotice:
        return services.reply_to_notice(notice, **form.cleaned_data, **acting(request))

    if form.is_valid() and attempt(form, act) is not None:
        messages.success(request, _("已答复派出单位。"))
        return redirect("daily_work:notice_detail", pk)
    return _shown(request, notice, form)


def _shown(request: SignedInRequest, notice: HomeNotice, form: ReplyForm | None = None) -> HttpResponse:
    context = {
        "notice": notice,
        "texts": view_models.texts_of(notice),
        "facts": view_models.notice_facts(notice),
        "earlier": view_models.earlier_versions(notice),
        "may_correct": may_hand_in(request.user, notice.placement, NOTICE),
        "may_read": may_confirm_reading(request.user, notice.placement) and notice.read_at is None,
        "may_reply": may_confirm_reading(request.user, notice.placement) and notice.is_current,
        "form": form or ReplyForm(initial={"words": notice.reply}),
    }
    return render(request, "daily_work/notice_detail.html", context)


def notice_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """A correction is a new notice in the place of the old one, which stays on record."""
    notice = _found(request, pk)
    require(may_hand_in(request.user, notice.placement, NOTICE))
    initial = {name: getattr(notice, name) for name in HomeNotice.CONTENT}
    form = NoticeForm(request.POST or None, initial=initial, to=[notice.placement])
    if request.method == "POST" and form.is_valid():
        entry = Entry(notice.placement, form.content(), corrects=notice, seen=notice.pk)
        n = attempt(form, lambda: services.send_notices([entry], notice.ends_on, **acting_today(request)))
        if n is not None:
            messages.success(request, _("告知单已更正，原内容保留备查。") if n else _("内容没有变化。"))
            return redirect("daily_work:notice_list")
    return render(request, "daily_work/notice_correct.html", {"form": form, "notice": notice})


@require_POST
def notice_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The secondee confirms having read it."""
    services.read_notice(_found(request, pk), **acting(request))
    messages.success(request, _("已确认阅知。"))
    return redirect("daily_work:notice_detail", pk)


def _found(request: SignedInRequest, pk: int) -> HomeNotice:
    return get_object_or_404(for_list(notices_of(request.user)), pk=pk)


def _desk(request: SignedInRequest, until: dt.date) -> tuple[Desk, bool]:
    """Those whom the account tells; nobody where a department has so many that it leaves them to units and workbooks."""
    rows = about(handed_in_by(request.user, NOTICE), until)
    is_too_long = rows.count() > MOST_ROWS
    found: list[Placement] = [] if is_too_long else list(rows)
    return Desk(NOTICE, found, until), is_too_long
