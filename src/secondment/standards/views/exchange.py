"""Standards out as Excel and Word, and indicators in from Excel."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.views import ListPages
from secondment.standards.exports import standards_workbook
from secondment.standards.imports import LIST, StandardImport, read_standards
from secondment.standards.queries import drafts_of
from secondment.standards.rules import may_write_some
from secondment.standards.services.importing import import_standards
from secondment.standards.services.locking import NOT_WRITER
from secondment.standards.sheets import STANDARD_FORM, standard_sheet
from secondment.standards.views.finding import found


def _plan(content: bytes, **reading: Any) -> StandardImport:
    return read_standards(content, **reading)


PAGES = ListPages(
    title=gettext_lazy("导入测评指标"),
    list_title=gettext_lazy("测评标准"),
    list_page="standards:standard_list",
    template_page="standards:standard_template",
    upload_page="standards:standard_import",
    kind=LIST,
    require=lambda user: require(may_write_some(user), NOT_WRITER),
    plan=_plan,
    write=import_standards,
    sets_aside=True,
    written=lambda n: ngettext("已写入 %(n)d 项指标。", "已写入 %(n)d 项指标。", n) % {"n": n},
)


@require_GET
def standard_template(request: SignedInRequest) -> HttpResponse:
    """All drafts of the account's departments, as they stand: to be changed and brought back."""
    PAGES.require(request.user)
    drafts = list(drafts_of(request.user))
    record_export("standard.export_workbook", request.user, n=len(drafts), **acting(request))
    return download(standards_workbook(drafts), _("测评指标填报表") + ".xlsx")


@require_GET
def version_workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version as a workbook."""
    version = found(request, pk)
    record_export("standard.export_workbook", version, n=version.indicators.count(), **acting(request))
    return download(standards_workbook([version]), f"{version}.xlsx")


@require_GET
def version_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version as a Word file."""
    version = found(request, pk)
    record_export("standard.print_form", version, **acting(request))
    return download(STANDARD_FORM.fill(standard_sheet(version)), f"{version}.docx")
