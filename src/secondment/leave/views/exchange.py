"""The leave workbook (请假汇总表) out and in."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_GET

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, paths_of, under
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import DomainError, require
from secondment.common.keys import number_in
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages
from secondment.leave.choices import LeaveState
from secondment.leave.imports import KIND, LeaveLine, read_leave
from secondment.leave.models import LeaveRequest
from secondment.leave.queries import asked_for, with_names
from secondment.leave.services import take_in_workbook
from secondment.leave.workbooks import TITLE, leave_workbook
from secondment.placements.queries import with_names as with_placement_names
from secondment.units.models import Unit

CLERKS = (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)
MOST_PEOPLE = 1_000


class WorkbookTooLongError(DomainError):
    """More rows than one workbook should hold."""


@require_GET
def sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of an office, or of all offices of the account."""
    _require(request.user)
    text = request.GET.get("unit", "")
    office = None
    rows = asked_for(request.user).exclude(person__account=request.user)
    if text:
        units = Unit.objects.filter(under("path", paths_of(request.user, *CLERKS)))
        office = get_object_or_404(units, pk=number_in(text))
        rows = rows.filter(host_unit__path__startswith=office.path)
    if rows.count() > MOST_PEOPLE:
        raise WorkbookTooLongError(
            _("一份汇总表最多 %(most)s 人。请按单位分别下载。") % {"most": MOST_PEOPLE}
        )
    placements = list(with_placement_names(rows).order_by("host_unit__path", "person__name_key", "pk"))
    granted = with_names(LeaveRequest.objects.filter(placement__in=placements, state=LeaveState.GRANTED))
    with override(settings.LANGUAGE_CODE):  # an official table, whoever makes it
        content = leave_workbook(placements, list(granted.order_by("starts_on")))
    record_export("leave.export_sheet", office or request.user, **acting(request))
    return download(content, f"{TITLE}（{office.name}）.xlsx" if office else f"{TITLE}.xlsx")


def _require(user: User) -> None:
    require(has_role(user, *CLERKS))


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
