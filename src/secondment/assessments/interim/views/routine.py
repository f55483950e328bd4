"""A host unit's quarter on one page: a line for each secondee; and the list of all quarters."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.assessments.interim import services
from secondment.assessments.interim.duties import ROUTINE_RHYTHM
from secondment.assessments.interim.forms import RoutineForm
from secondment.assessments.interim.lists import ROUTINES
from secondment.assessments.interim.queries import graded_by, grades_ending, grades_visible_to, within
from secondment.assessments.interim.routine import is_asked, share_of
from secondment.assessments.interim.rules import OVERSEERS, may_grade_some
from secondment.assessments.interim.services.routine import READY_DAYS
from secondment.common.attempts import attempt
from secondment.common.components import Tab
from secondment.common.errors import require
from secondment.common.period_pages import until_of
from secondment.obligations.periods import QUARTER, Period, last_over, period_ending, period_of
from secondment.placements.duties import term_of
from secondment.placements.models import Placement

ROWS_A_PAGE, QUARTERS_SHOWN = 40, 4
READERS = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def routine_list(request: SignedInRequest) -> HttpResponse:
    """Every grade that stands, as far as the account reads it."""
    require(has_role(request.user, *READERS))
    return ROUTINES.respond(
        request,
        grades_visible_to(request.user),
        "assessments/routine_list.html",
        {"grades": may_grade_some(request.user), "oversees": has_role(request.user, *OVERSEERS)},
        on_export=exporting(request, "assessment.export_routine", request.user),
    )


def routine_sheet(request: SignedInRequest) -> HttpResponse:
    """The quarter of everybody whom the account grades."""
    require(may_grade_some(request.user), _("平时考核由接收单位评定，或由主办组织部门代填。"))
    on = timezone.localdate()
    quarter = asked_quarter(request, on)
    until, found = quarter.ends_on, people_of_quarter(request, quarter)
    page: Page[Placement] = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    standing = grades_ending(found, quarter.ends_on)
    form = RoutineForm(request.POST or None, placements=shown, standing=standing, quarter=quarter, on=on)
    if request.method == "POST" and form.is_valid():
        who = acting_today(request)
        n = attempt(form, lambda: services.give_routine_grades(form.lines(), quarter.ends_on, **who))
        if n is not None:
            _tell(request, n)
            return HttpResponseRedirect(request.get_full_path())
    context = {
        "form": form,
        "page": page,
        "quarter": quarter,
        "until": until,
        "share": share_of(found, {pk: one.grade for pk, one in standing.items()}),
        "n_done": len(standing),
        "n": len(found),
        "tabs": _tabs(quarter, on),
        "is_ready": on >= quarter.ends_on - dt.timedelta(days=READY_DAYS),
    }
    return render(request, "assessments/routine_sheet.html", context)


def asked_quarter(request: SignedInRequest, on: dt.date) -> Period:
    """The quarter of the address; else the one that was the last to be over, or that is nearly over."""
    running = period_of(on, QUARTER)
    is_near = on >= running.ends_on - dt.timedelta(days=READY_DAYS)
    usual = running if is_near else last_over(on, QUARTER)
    quarter = period_ending(until_of(request, usual.ends_on), QUARTER)
    if quarter is None:
        raise Http404
    return quarter


def people_of_quarter(request: SignedInRequest, quarter: Period) -> list[Placement]:
    """Those whom the account grades for the quarter."""
    rows = within(graded_by(request.user), quarter.starts_on, quarter.ends_on)
    return [
        one
        for one in rows
        if is_asked(one) and (term := term_of(one)) is not None and ROUTINE_RHYTHM.holds(quarter, term)
    ]


def _tell(request: SignedInRequest, n: int) -> None:
    if not n:
        messages.info(request, _("内容没有变化，未写入新的记录。"))
        return
    words = ngettext("已评定 %(n)d 人。", "已评定 %(n)d 人。", n)
    messages.success(request, words % {"n": n})


def _tabs(quarter: Period, on: dt.date) -> list[Tab]:
    """The quarters that were the last, the running one at the end, and the one that is shown."""
    ends, at = {quarter.ends_on: quarter}, period_of(on, QUARTER)
    for _number in range(QUARTERS_SHOWN):
        ends[at.ends_on] = at
        at = last_over(at.starts_on, QUARTER)
    page = reverse("assessments:routine_sheet")
    return [
        Tab(one.label, f"{page}?until={one.ends_on.isoformat()}", is_current=one == quarter)
        for _end, one in sorted(ends.items())
    ]
