"""The workbook of talks (谈话汇总表) out and in."""

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
from secondment.placements.choices import PlacementState
from secondment.placements.office_sheets import office_sheet
from secondment.talks.choices import TALKERS
from secondment.talks.imports import KIND, TalkLine, read_talks
from secondment.talks.queries import candidates
from secondment.talks.services import take_in_workbook
from secondment.talks.workbooks import TITLE, talk_workbook


@require_GET
def sheet(request: SignedInRequest) -> HttpResponse:
    """The workbook of an office, or of all offices of the account."""
    _require(request.user)
    rows = candidates(request.user).filter(state=PlacementState.IN_POST)
    return office_sheet(request, rows, TALKERS, talk_workbook, title=TITLE, action="talk.export_sheet")


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
