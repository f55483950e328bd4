"""Lists of raters and signed marks out and in, as workbooks."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.appraisals import mark_imports, roster_imports, services
from secondment.appraisals.errors import MarkError
from secondment.appraisals.marks import scale_of
from secondment.appraisals.queries import (
    marks_of,
    papers_visible_to,
    rosters_of,
    with_people,
)
from secondment.appraisals.rules import DEPARTMENT, READERS
from secondment.appraisals.views.found import found, managed
from secondment.appraisals.workbooks import MARK_TITLE, ROSTER_TITLE, mark_workbook, roster_workbook
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.views import ListPages

LANGUAGE = "zh-hans"
MOST_CELLS = 50_000
FILLERS = tuple(one for one in READERS if one != "leader")


@require_GET
def roster_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The lists of an appraisal that the reader fills in or reads."""
    appraisal = found(request, pk)
    papers = list(papers_visible_to(request.user).filter(appraisal=appraisal).select_related("unit__parent"))
    entries = list(rosters_of(papers))
    with override(LANGUAGE):
        content = roster_workbook(papers, entries)
    record_export("appraisal.export_rosters", appraisal, n=len(entries), **acting(request))
    return download(content, f"{appraisal.name}{ROSTER_TITLE}.xlsx")


@require_GET
def roster_template(request: SignedInRequest) -> HttpResponse:
    """An empty table."""
    _require_filler(request.user)
    with override(LANGUAGE):
        return download(roster_workbook([], []), f"{ROSTER_TITLE}.xlsx")


@require_GET
def mark_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """A row for each member, candidate and indicator."""
    appraisal = managed(request, pk)
    team = [one["name"] for one in appraisal.team]
    if not team:
        raise MarkError(_("还没有登记考核组成员。请先登记，再下载评分表。"))
    scale = scale_of(appraisal)
    rows = with_people(appraisal.candidates.all()).select_related("placement__host_unit__parent")
    candidates = list(rows)
    n_cells = len(team) * sum(len(scale.of(one)) for one in candidates)
    if n_cells > MOST_CELLS:
        raise MarkError(_("评分表超过 %(n)d 行，Excel 打开很慢。请在网页上评分。") % {"n": MOST_CELLS})
    known = {(one.candidate_id, one.indicator, one.rater): one.level for one in marks_of(appraisal)}
    with override(LANGUAGE):
        content = mark_workbook(candidates, scale, team, known)
    record_export("appraisal.export_marks", appraisal, n=n_cells, **acting(request))
    return download(content, f"{appraisal.name}{MARK_TITLE}.xlsx")


def _require_filler(user: User) -> None:
    require(has_role(user, *FILLERS))


def _require_department(user: User) -> None:
    require(has_role(user, DEPARTMENT))


def _plan_rosters(content: bytes, *, user: User, **reading: Any) -> Any:
    return roster_imports.read_rosters(content, user=user, **reading)


def _plan_marks(content: bytes, *, user: User, **reading: Any) -> Any:
    return mark_imports.read_marks(content, user=user, **reading)


def _rosters_read(plan: Any) -> str:
    """The lists of the appraisal that rows were read for, with how many people each has now."""
    return _page_of("paper_list", {one.paper.appraisal_id for one in plan.lines})


def _marks_read(plan: Any) -> str:
    """The marks of the appraisal that rows were read for."""
    return _page_of("marks_enter", {one.appraisal.pk for one in plan.lines})


def _page_of(page: str, appraisals: set[int]) -> str:
    one = appraisals.pop() if len(appraisals) == 1 else None
    return reverse(f"appraisals:{page}", args=[one]) if one else reverse("appraisals:appraisal_list")


ROSTER_PAGES = ListPages(
    title=gettext_lazy("导入参评人员名单"),
    list_title=gettext_lazy("民主测评"),
    list_page="appraisals:appraisal_list",
    template_page="appraisals:roster_template",
    upload_page="appraisals:roster_import",
    kind=roster_imports.KIND,
    require=_require_filler,
    plan=_plan_rosters,
    write=services.take_in_rosters,
    ends_at=_rosters_read,
    sets_aside=True,
    written=lambda n: ngettext("已加入 %(n)d 人。", "已加入 %(n)d 人。", n) % {"n": n},
)
MARK_PAGES = ListPages(
    title=gettext_lazy("导入考核组评分"),
    list_title=gettext_lazy("民主测评"),
    list_page="appraisals:appraisal_list",
    template_page="",  # its rows are those of one appraisal, whose page exports them
    upload_page="appraisals:mark_import",
    kind=mark_imports.KIND,
    require=_require_department,
    plan=_plan_marks,
    write=services.take_in_marks,
    ends_at=_marks_read,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 行。", "已写入 %(n)d 行。", n) % {"n": n},
)
