"""Lists of what is to be paid: look at what one would say, issue it, take it away as Excel or Word."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.allowances import services, view_models
from secondment.allowances.exports import as_document, as_workbook, file_name
from secondment.allowances.forms import PayListForm
from secondment.allowances.lists import LISTS
from secondment.allowances.models import PayList
from secondment.allowances.pay_drafts import draft_of
from secondment.allowances.queries import list_of, lists_visible_to, payers_of, rows_of
from secondment.allowances.rules import OFFICES
from secondment.allowances.words import money
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.errors import require


def pay_lists(request: SignedInRequest) -> HttpResponse:
    """Every list that was issued."""
    require(has_role(request.user, *OFFICES))
    return LISTS.respond(
        request,
        lists_visible_to(request.user),
        "allowances/pay_lists.html",
        on_export=exporting(request, "allowances.export_lists", request.user),
    )


def pay_list_new(request: SignedInRequest) -> HttpResponse:
    """Choose office and period, see every row with its arithmetic, and issue what was seen."""
    units = payers_of(request.user)
    require(bool(units), _("没有由您的单位承担的补助：先由组织部门在挂职项目中写明补助标准。"))
    periods = view_models.periods_to_issue(timezone.localdate())
    asked = request.POST or request.GET or None
    if asked is None and len(units) == 1:
        asked = _first(units[0].pk, view_models.period_key(periods[0]))
    form = PayListForm(asked, units=units, periods=periods)
    preview: dict[str, Any] = {}
    if asked is not None and form.is_valid():
        preview = _preview(form)
        if request.method == "POST" and form.cleaned_data["seen"] == preview["seen"]:
            unit, period = form.chosen
            made = attempt(form, lambda: services.issue_list(unit, period, **acting_today(request)))
            if made is not None:
                told = _("已出具发放明细。") if made[1] else _("这一期的发放明细已经出具过，没有重复出具。")
                messages.success(request, told)
                return redirect("allowances:pay_list", made[0].pk)
    return render(request, "allowances/pay_list_new.html", {"form": form, **preview})


def _first(unit: int, period: str) -> Any:
    """What is shown at once where there is only one office."""
    return {"unit": f"{unit}", "period": period}


def _preview(form: PayListForm) -> dict[str, Any]:
    unit, period = form.chosen
    known = list_of(unit, period)
    rows = view_models.draft_rows(draft_of(unit, period)) if known is None else []
    return {
        "known": known,
        "rows": rows,
        "period": period,
        "unit": unit,
        "total": money(sum(one.amount_fen for one in rows)),
        "unsettled": view_models.unsettled_leave(rows, period),
        "seen": view_models.fingerprint(rows),
    }


def pay_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """A list as it was issued."""
    row = _found(request, pk)
    context = {
        "pay_list": row,
        "rows": view_models.issued_rows(rows_of(row)),
        "total": money(row.total_fen),
    }
    return render(request, "allowances/pay_list.html", context)


@require_GET
def workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list as an Excel file."""
    row = _found(request, pk)
    record_export("pay_list.export", row, **acting(request))
    return download(as_workbook(row), file_name(row, "xlsx"))


@require_GET
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list as a Word file to sign and stamp."""
    row = _found(request, pk)
    record_export("pay_list.export", row, **acting(request))
    return download(as_document(row), file_name(row, "docx"))


def _found(request: SignedInRequest, pk: int) -> PayList:
    return get_object_or_404(lists_visible_to(request.user), pk=pk)
