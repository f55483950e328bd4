"""The workbook of summaries (个人总结汇总表) out and in, for people without accounts."""

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
from secondment.assessments.services.errors import SummaryError
from secondment.assessments.services.importing import import_summaries
from secondment.assessments.summary_imports import KIND, SummaryLine, read_summaries
from secondment.assessments.summary_queries import concerned, for_writing
from secondment.assessments.summary_workbooks import TITLE, open_texts, summary_workbook
from secondment.assessments.views.summaries import OFFICES
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages

MOST_PEOPLE = 2_000


@require_GET
def summary_sheet(request: SignedInRequest) -> HttpResponse:
    """Every text that an office of the account may still write down for somebody."""
    _require(request.user)
    rows = for_writing(concerned(request.user).exclude(person__account=request.user))
    on = timezone.localdate()
    placements = list(
        rows.filter(ends_on__gte=on - dt.timedelta(days=366)).order_by(
            "host_unit__path", "person__name_key", "pk"
        )
    )
    if len(placements) > MOST_PEOPLE:
        raise SummaryError(_("人数超过 %(n)d 人，请由各单位分别下载。") % {"n": MOST_PEOPLE})
    with override(settings.LANGUAGE_CODE):  # an official table, whoever makes it
        content = summary_workbook(open_texts(request.user, placements, on))
    record_export("summary.export_sheet", request.user, **acting(request))
    return download(content, f"{TITLE}.xlsx")


def _require(user: User) -> None:
    require(has_role(user, *OFFICES))


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[SummaryLine]:
    return read_summaries(content, user=user, on=timezone.localdate(), **reading)


def _write(plan: ListImport[SummaryLine], *, by: User, at: dt.datetime) -> int:
    return import_summaries(plan, by=by, at=at, on=timezone.localdate())


PAGES = ListPages(
    title=gettext_lazy("导入个人总结汇总表"),
    list_title=gettext_lazy("年度个人总结"),
    list_page="assessments:summary_list",
    template_page="assessments:summary_sheet",
    upload_page="assessments:summary_import",
    kind=KIND,
    require=_require,
    plan=_plan,
    write=_write,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 份。", "已写入 %(n)d 份。", n) % {"n": n},
)
