"""Write down insurance, checks, trips and fund of one person; make a mistake void."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.allowances import services
from secondment.allowances.forms import CheckForm, FundForm, InsuranceForm, SpendingForm, TripsForm
from secondment.allowances.models import FundSpending, HealthCheck, Insurance, Voidable
from secondment.allowances.queries import records_visible_to
from secondment.allowances.views.finding import found_placement
from secondment.allowances.views.ledger import shown
from secondment.common.attempts import attempt, attempt_button

PAGE = "allowances:placement_allowances"


@require_POST
def insurance(request: SignedInRequest, pk: int) -> HttpResponse:
    """An insurance."""
    placement = found_placement(request, pk)
    form = InsuranceForm(request.POST, auto_id="id_insurance_%s")
    if form.is_valid():
        made = attempt(form, lambda: services.record_insurance(placement, form.new, **acting_today(request)))
        if made is not None:
            messages.success(
                request, _("已登记保险。") if made[1] else _("这份保险单已经登记过，没有重复登记。")
            )
            return redirect(PAGE, pk)
    return shown(request, placement, {"insurance_form": form})


@require_POST
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """A medical check."""
    placement = found_placement(request, pk)
    form = CheckForm(request.POST, auto_id="id_check_%s")
    if form.is_valid():
        day = form.cleaned_data["checked_on"]
        made = attempt(form, lambda: services.record_check(placement, day, **acting_today(request)))
        if made is not None:
            messages.success(
                request, _("已登记体检。") if made[1] else _("这一天的体检已经登记过，没有重复登记。")
            )
            return redirect(PAGE, pk)
    return shown(request, placement, {"check_form": form})


@require_POST
def trips(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trips of a month."""
    placement = found_placement(request, pk)
    form = TripsForm(request.POST, auto_id="id_trips_%s")
    if form.is_valid():
        month, n = form.cleaned_data["month"], form.cleaned_data["n"]
        if attempt(form, lambda: services.note_trips(placement, month, n, **acting_today(request))):
            messages.success(request, _("已登记往返次数。"))
            return redirect(PAGE, pk)
    return shown(request, placement, {"trips_form": form})


@require_POST
def fund(request: SignedInRequest, pk: int) -> HttpResponse:
    """The work fund of a year."""
    placement = found_placement(request, pk)
    form = FundForm(request.POST, auto_id="id_fund_%s")
    if form.is_valid():
        year = form.cleaned_data["year"]
        if attempt(form, lambda: services.set_fund(placement, year, form.amount_fen, **acting(request))):
            messages.success(request, _("已登记工作经费。"))
            return redirect(PAGE, pk)
    return shown(request, placement, {"fund_form": form})


@require_POST
def spending(request: SignedInRequest, pk: int) -> HttpResponse:
    """What of the work fund was spent."""
    placement = found_placement(request, pk)
    form = SpendingForm(request.POST, auto_id="id_spending_%s")
    if form.is_valid():
        made = attempt(form, lambda: services.record_spending(placement, form.new, **acting_today(request)))
        if made is not None:
            messages.success(
                request, _("已登记支出。") if made[1] else _("这笔支出已经登记过，没有重复登记。")
            )
            return redirect(PAGE, pk)
    return shown(request, placement, {"spending_form": form})


@require_POST
def void_insurance(request: SignedInRequest, pk: int) -> HttpResponse:
    """An insurance that was typed wrong."""
    return _void(request, Insurance, pk)


@require_POST
def void_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """A check that was typed wrong."""
    return _void(request, HealthCheck, pk)


@require_POST
def void_spending(request: SignedInRequest, pk: int) -> HttpResponse:
    """A spending that was typed wrong."""
    return _void(request, FundSpending, pk)


def _void(request: SignedInRequest, model: type[Voidable], pk: int) -> HttpResponse:
    row = get_object_or_404(records_visible_to(request.user, model), pk=pk)
    words = request.POST.get("words", "")
    if attempt_button(request, lambda: services.make_void(row, words=words, **acting_today(request))):
        messages.success(request, _("已作废，原登记保留。"))
    return redirect(PAGE, row.placement_id)
