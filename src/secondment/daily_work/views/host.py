"""The page of a host unit: all its secondees, one submission for month and quarter."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.period_pages import until_of
from secondment.daily_work import effort, services, view_models
from secondment.daily_work.cycles import MONTH, PRESENCE, READY_DAYS, REPORT
from secondment.daily_work.desk import Desk
from secondment.daily_work.effort import year_of
from secondment.daily_work.forms import HostSheetForm
from secondment.daily_work.queries import about, handed_in_by, host_offices, last_record
from secondment.obligations.periods import Period, last_over, period_of
from secondment.obligations.queries import periodic_of
from secondment.placements.models import Placement
from secondment.units.models import Unit

ROWS_A_PAGE, MOST_ROWS = 40, 1_000


def host_sheet(request: SignedInRequest) -> HttpResponse:
    """Presence of the month and, where a quarter ends with it, reports: all rows at once."""
    require(has_role(request.user, Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT))
    on = timezone.localdate()
    until = until_of(request, _month_at_hand(request, on).ends_on)
    rows = about(handed_in_by(request.user, PRESENCE), until)
    units = host_offices(request.user, rows)
    unit = request.GET.get("unit", "")
    if unit:
        rows = rows.filter(host_unit__path__startswith=_path(units, unit))
    is_too_long = rows.count() > MOST_ROWS
    found = [] if is_too_long else list(rows)
    presence, report = Desk(PRESENCE, found, until), Desk(REPORT, found, until)
    concerned = [one for one in found if one.pk in presence.periods or one.pk in report.periods]
    page: Page[Placement] = Paginator(concerned, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    form = _form(request, shown, presence.of(shown), report.of(shown), on)
    if request.method == "POST" and form.is_valid():
        answer = _handed_in(request, form)
        if answer is not None:
            return answer
    query = f"&unit={unit}" if unit else ""
    context = {
        "form": form,
        "rows": view_models.host_rows(form, shown),
        "page": page,
        "units": units,
        "unit": unit,
        "until": until,
        "query": query,
        "is_too_long": is_too_long,
        "tabs": view_models.month_tabs("daily_work:host_sheet", until, on, query),
        "progress": _progress(concerned, presence, report),
        "month": view_models.month_of(until),
        "presence": presence,
        "quarter": next(iter(report.periods.values()), None),
        "effort": year_of(len(concerned)),
        "speeds": effort,
        "may_submit": bool(form.confirmed or form.reported),
    }
    return render(request, "daily_work/host_sheet.html", context)


def _month_at_hand(request: SignedInRequest, on: dt.date) -> Period:
    """The month that was the last to be over; the one nearly over once that can be confirmed and nothing is owed before."""
    over, running = last_over(on, MONTH), period_of(on, MONTH)
    if on < running.ends_on - dt.timedelta(days=READY_DAYS):
        return over
    owed = periodic_of(request.user, on).filter(kind=PRESENCE.kind, period_ends_on__lte=over.ends_on)
    return over if owed.exists() else running


def _path(units: list[Unit], key: str) -> str:
    """The path of the unit chosen; one that is not offered is not there."""
    found = next((one.path for one in units if str(one.pk) == key), None)
    if found is None:
        raise Http404
    return found


def _form(
    request: SignedInRequest, shown: list[Placement], presence: Desk, report: Desk, on: dt.date
) -> HostSheetForm:
    ready = [
        one
        for one in shown
        if (period := presence.periods.get(one.pk)) and PRESENCE.opens_on(one, period) <= on
    ]
    return HostSheetForm(request.POST or None, presence=presence, report=report, ready=ready, on=on)


def _progress(concerned: list[Placement], presence: Desk, report: Desk) -> list[view_models.Progress]:
    keys = {one.pk for one in concerned}
    found = [
        view_models.progress_of(desk, label, keys)
        for desk, label in ((presence, PRESENCE.label), (report, REPORT.label))
    ]
    return [one for one in found if one.n]


def _handed_in(request: SignedInRequest, form: HostSheetForm) -> HttpResponse | None:
    """Write both parts, or show what is wrong where it was typed."""
    done = attempt(form, lambda: _write(request, form))
    if done is None:
        return None
    n_presence, n_reports = done
    if n_presence:
        words = ngettext("已确认 %(n)d 人在岗情况。", "已确认 %(n)d 人在岗情况。", n_presence)
        messages.success(request, words % {"n": n_presence})
    if n_reports:
        words = ngettext("已报送 %(n)d 份情况报告。", "已报送 %(n)d 份情况报告。", n_reports)
        messages.success(request, words % {"n": n_reports})
    if n_presence or n_reports:
        messages.success(request, _("已受理，第 %(n)d 号。") % {"n": _receipt(form)})
    if not n_presence and not n_reports:
        messages.info(request, _("内容没有变化，未写入新的记录。"))
    return HttpResponseRedirect(f"{reverse('daily_work:host_sheet')}?{request.GET.urlencode()}")


def _receipt(form: HostSheetForm) -> int:
    """The number of what was handed in: that of its last record."""
    return last_record(form.presence.placements.values(), form.presence.ends_on)


@transaction.atomic
def _write(request: SignedInRequest, form: HostSheetForm) -> tuple[int, int]:
    who = acting_today(request)
    until = form.presence.ends_on
    presence, reports = form.presence_entries(), form.report_entries()
    n_presence = services.confirm_presence(presence, until, **who) if presence else 0
    n_reports = services.hand_in_reports(reports, until, **who) if reports else 0
    return n_presence, n_reports
