"""A quarter's workbook (平时考核汇总表) out and in."""

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
from secondment.assessments.interim.errors import RoutineError
from secondment.assessments.interim.imports import KIND, GradeLine, read_grades
from secondment.assessments.interim.queries import grades_ending
from secondment.assessments.interim.rules import may_grade_some
from secondment.assessments.interim.services.workbooks import take_in_grades
from secondment.assessments.interim.views.routine import asked_quarter, people_of_quarter
from secondment.assessments.interim.workbooks import TITLE, routine_workbook
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages
from secondment.placements.office_sheets import MOST_PEOPLE


@require_GET
def routine_book(request: SignedInRequest) -> HttpResponse:
    """Everybody whom the account grades, with what stands already."""
    _require(request.user)
    quarter = asked_quarter(request, timezone.localdate())
    people = people_of_quarter(request, quarter)
    if len(people) > MOST_PEOPLE:
        raise RoutineError(_("一份汇总表最多 %(most)s 人。请由各单位分别下载。") % {"most": MOST_PEOPLE})
    with override(settings.LANGUAGE_CODE):  # an official table, whoever makes it
        content = routine_workbook(people, quarter, grades_ending(people, quarter.ends_on))
    record_export("assessment.export_routine_sheet", request.user, **acting(request))
    return download(content, f"{TITLE}（{quarter.last_day:%Y-%m}）.xlsx")


def _require(user: User) -> None:
    require(may_grade_some(user), _("平时考核由接收单位评定，或由主办组织部门代填。"))


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[GradeLine]:
    return read_grades(content, user=user, on=timezone.localdate(), **reading)


def _write(plan: ListImport[GradeLine], *, by: User, at: dt.datetime) -> int:
    return take_in_grades(plan, by=by, at=at, on=timezone.localdate())


PAGES = ListPages(
    title=gettext_lazy("导入平时考核汇总表"),
    list_title=gettext_lazy("平时考核"),
    list_page="assessments:routine_list",
    template_page="assessments:routine_workbook",
    upload_page="assessments:routine_import",
    kind=KIND,
    require=_require,
    plan=_plan,
    write=_write,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 行。", "已写入 %(n)d 行。", n) % {"n": n},
)
