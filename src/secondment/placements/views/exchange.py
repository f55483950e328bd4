"""People in post in and out of Excel."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.list_import import ListImport
from secondment.documents.views import ListPages
from secondment.people.rules import reads_files
from secondment.placements.exports import placements_workbook, template_workbook
from secondment.placements.filters import PlacementFilter
from secondment.placements.imports import LIST, PlacementLine, read_placements
from secondment.placements.queries import visible_to, with_stage
from secondment.placements.rules import may_record_placements
from secondment.placements.services.recording import import_placements


def _plan(content: bytes, *, user: User, **reading: Any) -> ListImport[PlacementLine]:
    return read_placements(content, user=user, on=timezone.localdate(), **reading)


PAGES = ListPages(
    title=gettext_lazy("导入在挂名册"),
    list_title=gettext_lazy("挂职干部"),
    list_page="placements:placement_list",
    template_page="placements:placement_template",
    upload_page="placements:placement_import",
    kind=LIST,
    require=lambda user: require(may_record_placements(user)),
    plan=_plan,
    write=import_placements,
    sets_aside=True,
    written=lambda n: ngettext("已写入%(n)d个挂职。", "已写入%(n)d个挂职。", n) % {"n": n},
)


@require_GET
def placement_template(request: SignedInRequest) -> HttpResponse:
    """The empty list with drop-downs and explanations."""
    PAGES.require(request.user)
    return download(template_workbook(), _("在挂名册模板") + ".xlsx")


@require_GET
def placement_export(request: SignedInRequest) -> HttpResponse:
    """The current filter in the columns of the template, to be changed and imported again."""
    PAGES.require(request.user)
    rows = with_stage(visible_to(request.user), timezone.localdate())
    asked = PlacementFilter(request.GET, queryset=rows, request=request)
    found = asked.qs if asked.form.is_valid() else asked.queryset.none()
    found = found.exclude(state="cancelled").select_related(
        "person__unit", "post", "home_unit__parent", "host_unit__parent", "programme_version__programme"
    )
    record_export("placements.export", request.user, **acting(request), n=found.count())
    content = placements_workbook(found.order_by("home_unit__path", "pk"), reads_files(request.user))
    return download(content, _("在挂名册") + ".xlsx")
