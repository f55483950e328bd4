"""The to-do list: as a list, by month, and as a calendar that other programs read."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.files.dates import Month, parse_month
from secondment.obligations.calendar_files import calendar_file
from secondment.obligations.feeds import address_of, feed_by
from secondment.obligations.lists import TODO
from secondment.obligations.occasions import occasions_of
from secondment.obligations.queries import feed_of
from secondment.obligations.services import make_feed, revoke_feed
from secondment.obligations.view_models import (
    events_of,
    month_after,
    month_of,
    occasion_events,
    todo_tabs,
)
from secondment.obligations.waiting import waiting_for

LOOK_BACK, LOOK_AHEAD = dt.timedelta(days=31), dt.timedelta(days=366)


def todo(request: SignedInRequest) -> HttpResponse:
    """What waits for the account, most urgent first."""
    rows = waiting_for(request.user, timezone.localdate())
    return TODO.respond(request, rows, "obligations/todo.html", {"tabs": todo_tabs("todo")})


@require_GET
def todo_month(request: SignedInRequest) -> HttpResponse:
    """The same lines, each on its day."""
    on = timezone.localdate()
    first = _first_day(request, on)
    occasions = occasions_of(request.user, first, month_after(first))
    month = month_of(waiting_for(request.user, on), first, on, occasions)
    return render(request, "obligations/todo_month.html", {"month": month, "tabs": todo_tabs("month")})


@require_GET
def calendar_feed(request: SignedInRequest) -> HttpResponse:
    """The address under which the account's calendar program reads its to-do list."""
    feed = feed_of(request.user)
    address = request.build_absolute_uri(address_of(feed)) if feed else ""
    return render(request, "obligations/calendar_feed.html", {"feed": feed, "address": address})


@require_POST
def calendar_feed_make(request: SignedInRequest) -> HttpResponse:
    """A fresh address; the one before ends."""
    make_feed(**acting(request))
    messages.success(request, _("日历地址已生成。以前的地址随即失效。"))
    return redirect("obligations:calendar_feed")


@require_POST
def calendar_feed_revoke(request: SignedInRequest) -> HttpResponse:
    """No program reads the list any more."""
    revoke_feed(**acting(request))
    messages.success(request, _("日历地址已停用。"))
    return redirect("obligations:calendar_feed")


@require_GET
@login_not_required
def calendar_read(request: SignedInRequest, token: str) -> HttpResponse:  # noqa: ARG001 -- the token says whose it is
    """The to-do list of whoever the token was made for, as a calendar."""
    feed = feed_by(token)
    if feed is None:
        raise Http404
    on = timezone.localdate()
    beside = occasion_events(occasions_of(feed.account, on - LOOK_BACK, on + LOOK_AHEAD))
    events = [*events_of(waiting_for(feed.account, on), on), *beside]
    content = calendar_file(_("我的待办"), events, timezone.now())
    headers = {"Content-Disposition": 'inline; filename="todo.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _first_day(request: SignedInRequest, on: dt.date) -> dt.date:
    month = parse_month(request.GET.get("month", ""))
    in_reach = isinstance(month, Month) and abs(month.year - on.year) <= 2
    return dt.date(month.year, month.month, 1) if in_reach and isinstance(month, Month) else on.replace(day=1)
