"""The leave workbook (请假汇总表) out and in."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages
from secondment.leave.imports import KIND, LeaveLine, read_leave
from secondment.leave.queries import asked_for, granted_of
from secondment.leave.rules import OFFICES
from secondment.leave.services import take_in_workbook
from secondment.leave.workbooks import TITLE, leave_workbook
from secondment.placements.models import Placement
from secondment.placements.office_sheets import office_sheet


@require_GET
def sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of an office, or of all offices of the account."""
    _require(request.user)
    rows = asked_for(request.user).exclude(person__account=request.user)
    return office_sheet(request, rows, OFFICES, _workbook, title=TITLE, action="leave.export_sheet")


def _workbook(placements: list[Placement]) -> bytes:
    return leave_workbook(placements, list(granted_of(placements).order_by("starts_on")))


def _require(user: User) -> None:
    require(has_role(user, *OFFICES))


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[LeaveLine]:
    return read_leave(content, user=user, on=timezone.localdate(), **reading)


def _write(plan: ListImport[LeaveLine], *, by: User, at: dt.datetime) -> int:
    return take_in_workbook(plan, by=by, at=at, on=timezone.localdate())


PAGES = ListPages(
    title=gettext_lazy("导入请假汇总表"),
    list_title=gettext_lazy("请假"),
    list_page="leave:leave_list",
    template_page="leave:leave_sheet",
    upload_page="leave:leave_import",
    kind=KIND,
    require=_require,
    plan=_plan,
    write=_write,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 行。", "已写入 %(n)d 行。", n) % {"n": n},
)
