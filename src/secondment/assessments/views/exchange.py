"""A year's opinions in and out of Excel, for units without accounts and for many rows."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.assessments.exports import opinions_workbook
from secondment.assessments.imports import LIST, OpinionLine, read_opinions
from secondment.assessments.lists import filter_for
from secondment.assessments.queries import visible_to, with_names, with_stage
from secondment.assessments.rules import may_hand_in, reads_inside
from secondment.assessments.services.importing import import_opinions
from secondment.assessments.views.found import found_register
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[OpinionLine]:
    return read_opinions(content, user=user, **reading)


PAGES = ListPages(
    title=gettext_lazy("导入考核意见汇总表"),
    list_title=gettext_lazy("年度考核"),
    list_page="assessments:register_list",
    template_page="assessments:opinion_template",
    upload_page="assessments:opinion_import",
    kind=LIST,
    require=lambda user: require(may_hand_in(user)),
    plan=_plan,
    write=import_opinions,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 人的考核意见。", "已写入 %(n)d 人的考核意见。", n) % {"n": n},
)


@require_GET
def opinion_template(request: SignedInRequest) -> HttpResponse:
    """The empty workbook; the one of a register has its people in it."""
    PAGES.require(request.user)
    return download(opinions_workbook([]), _("考核意见汇总表模板") + ".xlsx")


@require_GET
def opinion_export(request: SignedInRequest, pk: int) -> HttpResponse:
    """The people of a register under the current filter, to be filled in and imported again."""
    register = found_register(request, pk)
    PAGES.require(request.user)
    rows = with_stage(
        with_names(visible_to(request.user).filter(register=register)),
        is_inside=reads_inside(request.user, register),
    )
    asked = filter_for(request.user, register)(request.GET, queryset=rows, request=request)
    found = asked.qs if asked.form.is_valid() else rows.none()
    named = found.select_related("placement__home_unit__parent", "placement__host_unit__parent")
    in_order = named.order_by("placement__host_unit__path", "person__name_key", "pk")
    record_export("assessment.export", register, **acting(request), n=in_order.count())
    return download(opinions_workbook(in_order), f"{register}{_('意见汇总表')}.xlsx")
