"""The list of units in and out of Excel."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest
from secondment.audit.services import record_export
from secondment.common.listing.export import XLSX
from secondment.directory.exports import units_workbook
from secondment.directory.imports import UnitImport, free_titles, read_units
from secondment.directory.queries import visible_to
from secondment.directory.rules import may_read_directory, require
from secondment.directory.services import import_units
from secondment.documents.forms import ListUploadForm
from secondment.documents.list_pages import ListPages, is_asking, own_upload
from secondment.documents.models import StoredFile
from secondment.documents.uploads import keep_upload, open_upload, used_up

PURPOSE = "directory"
PAGES = ListPages(
    title=gettext_lazy("导入单位名单"),
    list_title=gettext_lazy("单位目录"),
    list_page="directory:unit_tree",
    template_page="directory:unit_template",
    upload_page="directory:unit_import",
)


@require_GET
def unit_template(request: SignedInRequest) -> HttpResponse:
    """The empty list with drop-downs and explanations."""
    require(allowed=may_read_directory(request.user))
    return _workbook(units_workbook([], is_template=True), _("单位名单模板"))


@require_GET
def unit_export(request: SignedInRequest) -> HttpResponse:
    """Units in use of the scope, in the columns of the template; the top of the scope has no parent to name."""
    require(allowed=may_read_directory(request.user))
    units = visible_to(request.user).filter(is_active=True, parent__in=visible_to(request.user))
    rows = units.select_related("parent__parent", "region__parent").order_by("path")
    record_export("unit.export", request.user, by=request.user, at=timezone.now(), n=rows.count())
    return _workbook(units_workbook(rows.iterator(2_000)), _("单位名单"))


def unit_import(request: SignedInRequest) -> HttpResponse:
    """Upload a file and see what it would do; nothing is written here."""
    require(allowed=may_read_directory(request.user))
    form = ListUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        return PAGES.uploaded(
            keep_upload(file.name, file.read(), purpose=PURPOSE, by=request.user, at=timezone.now())
        )
    return PAGES.upload(request, form)


def unit_import_review(request: SignedInRequest, file: str) -> HttpResponse:
    """The dry run of an uploaded list, or what has to be said about its columns first."""
    require(allowed=may_read_directory(request.user))
    stored = own_upload(request, file)
    plan = _plan(request, stored, asks=is_asking(request))
    if plan.table and plan.table.questions:
        return PAGES.layout(request, stored, plan.table, free_titles(plan.table), at=timezone.now())
    return PAGES.review(request, stored, plan.report())


@require_POST
def unit_import_confirm(request: SignedInRequest, file: str) -> HttpResponse:
    """Write the list, all rows or none; it is read again, because data may have changed since."""
    require(allowed=may_read_directory(request.user))
    stored = own_upload(request, file)
    plan, now = _plan(request, stored), timezone.now()
    with used_up(stored, at=now):
        n = import_units(plan, by=request.user, at=now)
    messages.success(request, ngettext("已写入%(n)d个单位。", "已写入%(n)d个单位。", n) % {"n": n})
    return redirect("directory:unit_tree")


def _plan(request: SignedInRequest, stored: StoredFile, *, asks: bool = False) -> UnitImport:
    content = open_upload(stored, purpose=PURPOSE, at=timezone.now())
    read = PAGES.reader(request, asks=asks)
    return read_units(content, file=stored.name, units=visible_to(request.user), read=read)


def _workbook(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.xlsx") or ""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
