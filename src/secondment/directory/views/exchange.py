"""The list of units in and out of Excel."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest
from secondment.common.table_export import XLSX
from secondment.directory.exports import units_workbook
from secondment.directory.forms import UploadForm
from secondment.directory.imports import UnitImport, read_units
from secondment.directory.queries import visible_to
from secondment.directory.rules import may_read_directory, require
from secondment.directory.services import import_units, note_export
from secondment.documents.models import StoredFile
from secondment.documents.services import store_file


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
    rows = units.select_related("parent__parent", "region").order_by("path")
    note_export(rows.count(), by=request.user, at=timezone.now())
    return _workbook(units_workbook(rows.iterator(2_000)), _("单位名单"))


def unit_import(request: SignedInRequest) -> HttpResponse:
    """Upload a list and see what it would do; nothing is written here."""
    require(allowed=may_read_directory(request.user))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        stored = store_file(file.name, file.read(), content_type=XLSX, by=request.user, at=timezone.now())
        return redirect("directory:unit_import_review", file=stored.pk)
    return render(request, "directory/unit_import.html", {"form": form})


@require_GET
def unit_import_review(request: SignedInRequest, file: str) -> HttpResponse:
    """The dry run of an uploaded list."""
    require(allowed=may_read_directory(request.user))
    stored = get_object_or_404(StoredFile, pk=file, owner=request.user)
    context = {"report": _plan(request, stored).report(), "file": stored}
    return render(request, "directory/unit_import_review.html", context)


@require_POST
def unit_import_confirm(request: SignedInRequest, file: str) -> HttpResponse:
    """Write the list, all rows or none; it is read again, because data may have changed since."""
    require(allowed=may_read_directory(request.user))
    stored = get_object_or_404(StoredFile, pk=file, owner=request.user)
    n = import_units(_plan(request, stored), by=request.user, at=timezone.now())
    messages.success(request, ngettext("已写入%(n)d个单位。", "已写入%(n)d个单位。", n) % {"n": n})
    return redirect("directory:unit_tree")


def _plan(request: SignedInRequest, stored: StoredFile) -> UnitImport:
    with stored.content.open("rb") as content:
        return read_units(content.read(), file=stored.name, units=visible_to(request.user))


def _workbook(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.xlsx") or ""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
