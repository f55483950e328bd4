"""Several people report for duty: their receipts in one table."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.placements.arrival_forms import ArrivalsForm
from secondment.placements.queries import on_the_way
from secondment.placements.rules import may_record_arrivals
from secondment.placements.services.arrivals import record_arrivals
from secondment.placements.services.errors import ReceiptRefusedError

MOST_LINES = 100


def arrivals_record(request: SignedInRequest) -> HttpResponse:
    """Everyone on the way whom the account receives; `campaign` narrows it."""
    require(may_record_arrivals(request.user), _("报到回执由接收单位或主办组织部门填写。"))
    rows = on_the_way(request.user)
    if campaign := number_in(request.GET.get("campaign", "")):
        rows = rows.filter(campaign=campaign)
    n_rows = rows.count()
    form = ArrivalsForm(request.POST or None, placements=list(rows[:MOST_LINES]), on=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect(request.get_full_path())
    context = {"form": form, "n_rows": n_rows, "n_hidden": max(0, n_rows - MOST_LINES)}
    return render(request, "placements/arrivals_record.html", context)


def _save(request: SignedInRequest, form: ArrivalsForm) -> bool:
    """Give the receipts; a refusal stands in the line that it is about."""
    try:
        kept = record_arrivals(form.receipts(), **acting_today(request))
    except ReceiptRefusedError as error:
        form.refuse(error)
        return False
    messages.success(
        request, _("已保存 %(n)d 人的报到回执，派出单位和组织部门无需再收纸质回执。") % {"n": len(kept)}
    )
    return True
