"""Collective workbooks (汇总表) out and in."""

import datetime as dt
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, in_units
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import DomainError, require
from secondment.common.list_import import ListImport
from secondment.common.period_pages import until_of
from secondment.daily_work.cycles import MONTH, QUARTER_MONTHS
from secondment.daily_work.imports import LISTS, SheetLine, read_sheet
from secondment.daily_work.lists import OFFICES, is_quarter_end
from secondment.daily_work.offices import HANDERS, offices_of
from secondment.daily_work.queries import about, handed_in_by
from secondment.daily_work.services import hand_in_workbook
from secondment.daily_work.sheets import MONTH_SHEET, QUARTER_SHEET, SheetKind, sheet_workbook
from secondment.daily_work.view_models import month_tabs
from secondment.documents.views import ListPages
from secondment.obligations.periods import last_over, period_of
from secondment.placements.office_sheets import office_asked

MOST_ROWS = 5_000


class SheetTooLongError(DomainError):
    """More rows than one workbook should hold."""


def sheet_list(request: SignedInRequest) -> HttpResponse:
    """Offices with their workbooks of a month and of the quarter that ends with it."""
    _require(request.user)
    on = timezone.localdate()
    until = until_of(request, last_over(on, MONTH).ends_on)
    context = {
        "tabs": month_tabs("daily_work:sheet_list", until, on),
        "until": until,
        "has_quarter": is_quarter_end(until),
    }
    return OFFICES.respond(request, offices_of(request.user, until), "daily_work/sheet_list.html", context)


@require_GET
def month_sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of a month."""
    return _sheet(request, MONTH_SHEET, MONTH)


@require_GET
def quarter_sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of a quarter."""
    return _sheet(request, QUARTER_SHEET, QUARTER_MONTHS)


def _sheet(request: SignedInRequest, kind: SheetKind, months: int) -> HttpResponse:
    _require(request.user)
    until = until_of(request, last_over(timezone.localdate(), months).ends_on)
    office = office_asked(request, *HANDERS)
    rows = about(handed_in_by(request.user, *kind.cycles), until)
    if office is not None:
        rows = rows.filter(in_units("host_unit", [office.path]) | in_units("home_unit", [office.path]))
    if rows.count() > MOST_ROWS:
        raise SheetTooLongError(
            _("一份汇总表最多 %(most)s 行。请在汇总表页面按单位分别下载。") % {"most": MOST_ROWS}
        )
    with override(settings.LANGUAGE_CODE):  # an official table, whoever makes it
        content = sheet_workbook(kind, list(rows), until, office, user=request.user)
        label = period_of(until - dt.timedelta(days=1), months).label
    record_export("daily_work.export_sheet", office or request.user, **acting(request))
    name = f"（{office.name}）" if office else ""
    return download(content, f"{label}{kind.title}{name}.xlsx")


def _require(user: User) -> None:
    require(has_role(user, *HANDERS))


def _plan(kind: SheetKind, content: bytes, *, user: User, **reading: Any) -> ListImport[SheetLine]:
    return read_sheet(kind, content, user=user, on=timezone.localdate(), **reading)


def _write(plan: ListImport[SheetLine], *, by: User, at: dt.datetime) -> int:
    return hand_in_workbook(plan, by=by, at=at, on=timezone.localdate())


def _pages(kind: SheetKind, title: Any, name: str) -> ListPages:
    return ListPages(
        title=title,
        list_title=gettext_lazy("汇总表"),
        list_page="daily_work:sheet_list",
        template_page=f"daily_work:{name}_sheet",
        upload_page=f"daily_work:{name}_import",
        kind=LISTS[kind],
        require=_require,
        plan=partial(_plan, kind),
        write=_write,
        sets_aside=True,
        written=lambda n: ngettext("已报送 %(n)d 人。", "已报送 %(n)d 人。", n) % {"n": n},
    )


MONTH_PAGES = _pages(MONTH_SHEET, gettext_lazy("导入在岗确认汇总表"), "month")
QUARTER_PAGES = _pages(QUARTER_SHEET, gettext_lazy("导入情况报告和告知单汇总表"), "quarter")
