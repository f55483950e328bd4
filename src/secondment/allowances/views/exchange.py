"""The workbook of allowances (保障汇总表) out and in."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.allowances.imports import KIND, AllowanceLine, read_allowances
from secondment.allowances.queries import recorded_by
from secondment.allowances.rules import CLERKS
from secondment.allowances.services import take_in_workbook
from secondment.allowances.standing import care_of
from secondment.allowances.workbooks import TITLE, allowance_workbook
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import DomainError, require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages
from secondment.placements.queries import with_names

MOST_PEOPLE = 5_000


class WorkbookTooLongError(DomainError):
    """More rows than one workbook should hold."""


@require_GET
def sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of everybody the account writes for."""
    _require(request.user)
    rows = recorded_by(request.user)
    if rows.count() > MOST_PEOPLE:
        raise WorkbookTooLongError(
            _("一份汇总表最多 %(most)s 人。请按单位分别下载。") % {"most": MOST_PEOPLE}
        )
    placements = list(with_names(rows).order_by("home_unit__path", "person__name_key", "pk"))
    with override(settings.LANGUAGE_CODE):  # an official table, whoever makes it
        content = allowance_workbook(placements, care_of(placements, timezone.localdate()))
    record_export("allowances.export_sheet", request.user, **acting(request))
    return download(content, f"{TITLE}.xlsx")


def _require(user: User) -> None:
    require(has_role(user, *CLERKS))


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[AllowanceLine]:
    return read_allowances(content, user=user, on=timezone.localdate(), **reading)


def _write(plan: ListImport[AllowanceLine], *, by: User, at: dt.datetime) -> int:
    return take_in_workbook(plan, by=by, at=at, on=timezone.localdate())


PAGES = ListPages(
    title=gettext_lazy("导入保障汇总表"),
    list_title=gettext_lazy("保障台账"),
    list_page="allowances:ledger",
    template_page="allowances:allowance_sheet",
    upload_page="allowances:allowance_import",
    kind=KIND,
    require=_require,
    plan=_plan,
    write=_write,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 行。", "已写入 %(n)d 行。", n) % {"n": n},
)
