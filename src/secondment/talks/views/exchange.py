"""The workbook of talks (谈话汇总表) out and in."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, paths_of, under
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import DomainError, require
from secondment.common.keys import number_in
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages
from secondment.placements.choices import PlacementState
from secondment.talks.choices import TALKERS
from secondment.talks.imports import KIND, TalkLine, read_talks
from secondment.talks.queries import candidates
from secondment.talks.services import take_in_workbook
from secondment.talks.workbooks import TITLE, talk_workbook
from secondment.units.models import Unit

MOST_PEOPLE = 1_000


class WorkbookTooLongError(DomainError):
    """More rows than one workbook should hold."""


@require_GET
def sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of an office, or of all offices of the account."""
    _require(request.user)
    text = request.GET.get("unit", "")
    office = None
    rows = candidates(request.user).filter(state=PlacementState.IN_POST)
    if text:
        units = Unit.objects.filter(under("path", paths_of(request.user, *TALKERS)))
        office = get_object_or_404(units, pk=number_in(text))
        rows = rows.filter(host_unit__path__startswith=office.path)
    if rows.count() > MOST_PEOPLE:
        raise WorkbookTooLongError(
            _("一份汇总表最多 %(most)s 人。请按单位分别下载。") % {"most": MOST_PEOPLE}
        )
    named = rows.select_related("person", "home_unit", "host_unit")
    with override(settings.LANGUAGE_CODE):  # an official table, whoever makes it
        content = talk_workbook(list(named.order_by("host_unit__path", "person__name_key", "pk")))
    record_export("talk.export_sheet", office or request.user, **acting(request))
    return download(content, f"{TITLE}（{office.name}）.xlsx" if office else f"{TITLE}.xlsx")


def _require(user: User) -> None:
    require(has_role(user, *TALKERS))


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[TalkLine]:
    return read_talks(content, user=user, on=timezone.localdate(), **reading)


def _write(plan: ListImport[TalkLine], *, by: User, at: dt.datetime) -> int:
    return take_in_workbook(plan, by=by, at=at, on=timezone.localdate())


PAGES = ListPages(
    title=gettext_lazy("导入谈话汇总表"),
    list_title=gettext_lazy("谈话"),
    list_page="talks:talk_list",
    template_page="talks:talk_sheet",
    upload_page="talks:talk_import",
    kind=KIND,
    require=_require,
    plan=_plan,
    write=_write,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 行。", "已写入 %(n)d 行。", n) % {"n": n},
)
