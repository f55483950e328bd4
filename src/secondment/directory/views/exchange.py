"""The list of units in and out of Excel."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.directory.exports import units_workbook
from secondment.directory.imports import LIST, UnitImport, read_units
from secondment.directory.queries import visible_to
from secondment.directory.rules import may_read_directory, require
from secondment.directory.services import import_units
from secondment.documents.views import ListPages


def _plan(content: bytes, *, user: User, **reading: Any) -> UnitImport:
    return read_units(content, units=visible_to(user), **reading)


PAGES = ListPages(
    title=gettext_lazy("导入单位名单"),
    list_title=gettext_lazy("单位目录"),
    list_page="directory:unit_tree",
    template_page="directory:unit_template",
    upload_page="directory:unit_import",
    kind=LIST,
    require=lambda user: require(may_read_directory(user)),
    plan=_plan,
    sets_aside=True,
    write=import_units,
    written=lambda n: ngettext("已写入%(n)d个单位。", "已写入%(n)d个单位。", n) % {"n": n},
)


@require_GET
def unit_template(request: SignedInRequest) -> HttpResponse:
    """The empty list with drop-downs and explanations."""
    PAGES.require(request.user)
    return download(units_workbook([], is_template=True), _("单位名单模板") + ".xlsx")


@require_GET
def unit_export(request: SignedInRequest) -> HttpResponse:
    """Units in use of the scope, in the columns of the template; the top of the scope has no parent to name."""
    PAGES.require(request.user)
    units = visible_to(request.user).filter(is_active=True, parent__in=visible_to(request.user))
    rows = units.select_related("parent__parent", "region__parent").order_by("path")
    record_export("unit.export", request.user, **acting(request), n=rows.count())
    return download(units_workbook(rows.iterator(2_000)), _("单位名单") + ".xlsx")
