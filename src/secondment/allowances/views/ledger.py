"""The ledger of a month (保障台账), and everything about one person."""

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, exporting, own_row
from secondment.accounts.scopes import has_role
from secondment.allowances import view_models
from secondment.allowances.forms import CheckForm, FundForm, InsuranceForm, SpendingForm, TripsForm
from secondment.allowances.lists import LEDGER
from secondment.allowances.papers import POLICY
from secondment.allowances.parameters import work_fund_yuan
from secondment.allowances.queries import paid_to, trips_of, visible_to
from secondment.allowances.reckoning import rules_of
from secondment.allowances.rules import CLERKS, OFFICES, may_record
from secondment.allowances.standing import care_of, gap_before
from secondment.allowances.views.finding import found_placement
from secondment.campaigns.choices import AllowanceUnit
from secondment.common.errors import require
from secondment.common.period_pages import until_of
from secondment.documents.papers import slots_for
from secondment.leave.view_models import month_tabs, period_label
from secondment.obligations.periods import period_of
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

Typed = Mapping[str, forms.Form]


def ledger(request: SignedInRequest) -> HttpResponse:
    """A row a person of the month, with amounts, insurance and check; a secondee's page shows their own."""
    require(has_role(request.user, *OFFICES, Role.SECONDEE))
    own = own_row(request, visible_to(request.user))
    if own is not None:
        return redirect("allowances:placement_allowances", own.pk)
    on = timezone.localdate()
    until = until_of(request, period_of(on, 1).ends_on)
    period = period_label(until)
    rows = visible_to(request.user).filter(starts_on__lt=period.ends_on, ends_on__gt=period.starts_on)
    context = {
        "tabs": month_tabs("allowances:ledger", until, on),
        "period": period,
        "is_under_way": period.ends_on > on,
        "is_clerk": has_role(request.user, *CLERKS),
        "is_office": has_role(request.user, *OFFICES),
    }
    return LEDGER.respond(
        request,
        view_models.ledger_rows(list(with_names(rows)), period.starts_on, on),
        "allowances/ledger.html",
        context,
        on_export=exporting(request, "allowances.export", request.user),
    )


def placement_allowances(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: insurance, checks, fund, and what every month comes to; the person reads, the home unit writes."""
    return shown(request, found_placement(request, pk))


def shown(request: SignedInRequest, placement: Placement, typed: Typed | None = None) -> HttpResponse:
    """The page, with the form that was refused as it was typed."""
    on = timezone.localdate()
    care = care_of([placement], on)[placement.pk]
    insurances = list(placement.insurances.select_related("recorded_by"))
    standing = [one for one in insurances if not one.is_void]
    gaps = {one.pk: gap_before(one, standing) for one in standing}
    current = care.cover.insurance
    usual = {
        "insurance_form": InsuranceForm(
            initial={"number": placement.insurance_number}, auto_id="id_insurance_%s"
        ),
        "check_form": CheckForm(auto_id="id_check_%s"),
        "trips_form": TripsForm(auto_id="id_trips_%s"),
        "fund_form": FundForm(initial={"year": on.year}, auto_id="id_fund_%s"),
        "spending_form": SpendingForm(auto_id="id_spending_%s"),
    }
    is_open = placement.state == PlacementState.IN_POST
    context = {
        "placement": placement,
        "care": care,
        "statuses": view_models.STANDING_STATUS,
        "cover_status": view_models.STANDING_STATUS[care.cover.standing],
        "check_status": view_models.STANDING_STATUS[care.checked.standing],
        "insurances": [(one, gaps.get(one.pk, 0)) for one in insurances],
        "checks": placement.healthchecks.select_related("recorded_by"),
        "trips": trips_of(placement),
        "has_trips": any(one.unit == AllowanceUnit.TRIP for one in rules_of(placement)),
        "funds": view_models.fund_lines(placement),
        "spendings": placement.fundspendings.all(),
        "fund_yuan": work_fund_yuan(placement),
        "rules": view_models.rule_lines(placement),
        "months": view_models.sum_lines(placement, on),
        "issued": view_models.issued_rows(paid_to(placement)),
        "slots": slots_for(request.user, [(POLICY, current)] if current else []),
        "may_record": is_open and may_record(request.user, placement),
        **usual,
        **(typed or {}),
    }
    return render(request, "allowances/placement_allowances.html", context)
