"""Lists: all requests, days in post of a month, and everything about one person."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting_today, exporting, own_row
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.period_pages import until_of
from secondment.leave import services, view_models
from secondment.leave.alerts import alerts_of
from secondment.leave.choices import Alert
from secondment.leave.forms import ReviewForm
from secondment.leave.lists import MONTH, REQUESTS
from secondment.leave.queries import asked_for, began_within, entries_of, visible_to, with_names
from secondment.leave.rules import OFFICES, may_ask
from secondment.leave.views.finding import found_placement
from secondment.obligations.periods import period_of
from secondment.placements.choices import PlacementState
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.placements.queries import with_names as with_placement_names
from secondment.placements.rules import may_manage

READERS = (*OFFICES, Role.HOME_UNIT, Role.LEADER, Role.INSPECTOR)


def leave_list(request: SignedInRequest) -> HttpResponse:
    """Every request that the reader may know of; a secondee's page shows their own with the days in post."""
    require(has_role(request.user, *READERS, Role.SECONDEE))
    own = own_row(request, placements_visible_to(request.user).filter(state__in=BEGAN))
    if own is not None:
        return redirect("leave:placement_leave", own.pk)
    context = {
        "may_ask": asked_for(request.user).exists(),
        "is_clerk": has_role(request.user, *OFFICES),
        "is_office": has_role(request.user, *READERS),
    }
    return REQUESTS.respond(
        request,
        with_names(visible_to(request.user, timezone.localdate())),
        "leave/leave_list.html",
        context,
        on_export=exporting(request, "leave.export", request.user),
    )


def month(request: SignedInRequest) -> HttpResponse:
    """Days in post of one month, a row a person, with the arithmetic of each."""
    require(has_role(request.user, *READERS))
    on = timezone.localdate()
    until = until_of(request, period_of(on, 1).ends_on)
    period = view_models.period_label(until)
    rows = began_within(request.user, period.starts_on, period.ends_on)
    placements = list(with_placement_names(rows).order_by("host_unit__path", "person__name_key", "pk"))
    context = {
        "tabs": view_models.month_tabs("leave:month", until, on),
        "period": period,
        "is_under_way": period.ends_on > on,
    }
    return MONTH.respond(
        request,
        view_models.month_rows(placements, period.starts_on, period.ends_on),
        "leave/month.html",
        context,
        on_export=exporting(request, "leave.export_month", request.user),
    )


def placement_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: what has to be looked into, days in post by year and month, the ledger and the requests."""
    return _shown(request, found_placement(request, pk))


@require_POST
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the department has found about an alert."""
    placement = found_placement(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid() or form.cleaned_data["alert"] not in Alert.values:
        raise Http404
    if attempt(form, lambda: services.review(placement, **form.cleaned_data, **acting_today(request))):
        messages.success(request, _("已记录处理意见。"))
        return redirect("leave:placement_leave", pk)
    return _shown(request, placement, form)


def _shown(request: SignedInRequest, placement: Placement, typed: ReviewForm | None = None) -> HttpResponse:
    if placement.state not in BEGAN:
        raise Http404
    on = timezone.localdate()
    reviews = placement.leave_reviews.select_related("reviewed_by")
    context = {
        "placement": placement,
        "alerts": [(one, _review_form(one, typed)) for one in alerts_of(placement, on)],
        "reviews": reviews,
        "may_review": may_manage(request.user, placement),
        "years": view_models.years_of(placement, on),
        "on": on,
        "lines": view_models.ledger_lines(list(entries_of(placement))),
        "requests": with_names(visible_to(request.user, on).filter(placement=placement)),
        "may_ask": placement.state == PlacementState.IN_POST and may_ask(request.user, placement),
    }
    return render(request, "leave/placement_leave.html", context)


def _review_form(one: object, typed: ReviewForm | None) -> ReviewForm:
    key = (getattr(one, "alert", ""), getattr(one, "year", 0))
    if typed is not None and (typed.cleaned_data["alert"], typed.cleaned_data["year"]) == key:
        return typed
    return ReviewForm(initial={"alert": key[0], "year": key[1]}, auto_id=f"id_{key[0]}_{key[1]}_%s")
