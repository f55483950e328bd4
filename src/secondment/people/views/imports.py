"""Pages of an import: upload, progress, what would change, confirm, result."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.common.attempts import attempt
from secondment.common.components import Tab
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.common.navigation import url_or_nothing
from secondment.documents.forms import LayoutForm
from secondment.jobs.queries import job_with, progress_of
from secondment.people.choices import ImportState, RowOutcome
from secondment.people.files.roster_workbook import template_workbook
from secondment.people.forms.others import UploadForm
from secondment.people.lists import IMPORTS, import_rows_table
from secondment.people.models import RosterImport
from secondment.people.queries import clerk_units, imports_visible_to
from secondment.people.rules import may_create_somewhere, may_handle_import, sections_at
from secondment.people.services.imports.uploads import (
    answer_questions,
    confirm_import,
    open_questions,
    upload_roster,
    withdraw_import,
)
from secondment.people.states import TRANSITIONS

WORKING = (ImportState.CHECKING, ImportState.IMPORTING)


def import_list(request: SignedInRequest) -> HttpResponse:
    """The imports into the reader's units that the reader may see."""
    require(may_create_somewhere(request.user))
    rows = imports_visible_to(request.user).select_related("file", "unit", "by")
    return IMPORTS.respond(request, rows, "people/import_list.html")


def import_create(request: SignedInRequest) -> HttpResponse:
    """Upload a file; its check starts in the background."""
    require(may_create_somewhere(request.user))
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        row = attempt(
            form,
            lambda: upload_roster(
                upload.name,
                upload.read(),
                unit=form.cleaned_data["unit"],
                next_path=_next_path(request),
                **acting(request),
            ),
        )
        if row is not None:
            return redirect("people:import_detail", pk=row.pk)
    return render(request, "people/import_create.html", {"form": form, "next_path": _next_path(request)})


def import_template(request: SignedInRequest) -> HttpResponse:
    """The Excel template with drop-downs, an example and the instructions."""
    require(may_create_somewhere(request.user))
    units = list(clerk_units(request.user).values_list("name", flat=True)[:500])
    return download(template_workbook(units), _("干部名册模板") + ".xlsx")


def import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the import would do, or has done, in four groups."""
    row = _import(request, pk)
    if row.state == ImportState.ASKING and may_handle_import(request.user, row):
        return redirect("people:import_columns", pk=pk)
    outcome = request.GET.get("outcome", _first_group(row))
    rows = row.rows.all()
    if outcome in RowOutcome.values:
        rows = rows.filter(outcome=outcome)
    context = {
        "row": row,
        "is_working": row.state in WORKING,
        "may_confirm": row.state == ImportState.CHECKED and row.n_created + row.n_changed > 0,
        "may_withdraw": row.state in TRANSITIONS["withdraw"][0],
        "n_sound": row.n_created + row.n_changed,
        "groups": _groups(row, outcome),
        "columns_url": _columns_url(request, row),
        **_progress(row),
    }
    readable = sections_at(request.user, row.unit.path)
    table = import_rows_table(readable, is_own_file=row.by_id == request.user.pk)
    return table.respond(
        request,
        rows,
        "people/import_detail.html",
        context,
        on_export=exporting(request, "roster.export", row),
    )


def import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which sheet is meant and what unknown columns mean; the file is then checked again."""
    row = _import(request, pk)
    require(may_handle_import(request.user, row))
    asked = row.questions
    form = LayoutForm(
        request.POST or None,
        questions=open_questions(row),
        titles=asked.get("titles", ()),
        chosen=row.layout.get("columns", {}),
    )
    if request.method == "POST" and form.is_valid():
        sheet, columns = form.cleaned_data.get("sheet", ""), form.columns()
        answer_questions(row, sheet=sheet, columns=columns, **acting(request))
        return redirect("people:import_detail", pk=pk)
    return render(request, "people/import_columns.html", {"form": form, "row": row})


def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fragment that reloads itself until the work is done: state and buttons are around it."""
    context = _progress(_import(request, pk))
    response = render(request, "common/components/_job_progress.html", context)
    if context["is_done"]:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def import_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start writing."""
    row = _import(request, pk)
    leaves_out = request.POST.get("leaves_out_refused") == "yes"
    confirm_import(row, leaves_out_refused=leaves_out, **acting(request))
    return redirect("people:import_detail", pk=pk)


@require_POST
def import_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the import up."""
    withdraw_import(_import(request, pk), **acting(request))
    messages.success(request, _("已放弃本次导入，上传的文件已删除，人员信息没有改动。"))
    return redirect("people:import_list")


def _import(request: SignedInRequest, pk: int) -> RosterImport:
    rows = imports_visible_to(request.user).select_related("file", "unit", "by")
    return get_object_or_404(rows, pk=pk)


def _columns_url(request: SignedInRequest, row: RosterImport) -> str:
    """Where columns can be chosen again while nothing is written."""
    may = row.state == ImportState.CHECKED and row.questions.get("headers")
    return (
        reverse("people:import_columns", args=[row.pk])
        if may and may_handle_import(request.user, row)
        else ""
    )


def _first_group(row: RosterImport) -> str:
    """The group a report opens on: while problems prevent it, what has to be corrected."""
    return RowOutcome.REFUSED if row.state == ImportState.CHECKED and row.n_refused else ""


def _groups(row: RosterImport, outcome: str) -> list[Tab]:
    url = reverse("people:import_detail", args=[row.pk])
    numbers = {
        RowOutcome.CREATED: row.n_created,
        RowOutcome.CHANGED: row.n_changed,
        RowOutcome.UNCHANGED: row.n_unchanged,
        RowOutcome.REFUSED: row.n_refused,
    }
    tabs = [Tab(_("全部"), f"{url}?outcome=", is_current=not outcome, n=sum(numbers.values()))]
    return tabs + [
        Tab(key.label, f"{url}?outcome={key}", is_current=key == outcome, n=n) for key, n in numbers.items()
    ]


def _progress(row: RosterImport) -> dict[str, object]:
    job = job_with(row.job_id)
    url = reverse("people:import_detail", args=[row.pk])
    progress_url = reverse("people:import_progress", args=[row.pk])
    progress = progress_of(job, url=progress_url, at=timezone.now(), result_url=url)
    return {
        **progress,
        "is_done": row.state not in WORKING or progress["is_done"],
        "has_failed": row.state == ImportState.FAILED,
        "job_message": job.message if job else "",
    }


def _next_path(request: SignedInRequest) -> str:
    """Where to go after the import: only a page of this site, or the campaign the clerk came from."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked[:200]
    if campaign := number_in(request.GET.get("campaign", "")):
        return f"{url_or_nothing('campaigns:campaign_list') or '/campaigns/'}{campaign}/nominate/"
    return ""
