"""The two pages of every list that comes as a file: upload, then the dry run with its confirmation."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import User
from secondment.common.downloads import download
from secondment.common.list_import import ListImport, ListKind, ReadTable
from secondment.common.list_split import may_split, split
from secondment.documents.forms import LayoutForm, ListUploadForm
from secondment.documents.layouts import Office, choose_columns, read_as_chosen, table_look
from secondment.documents.models import StoredFile
from secondment.documents.uploads import keep_upload, open_upload, uploads_of, used_up
from secondment.files.headers import Layout
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Table


@dataclass(frozen=True)
class ListPages:
    """Names of the pages of one list: `room:thing_import` is the upload, `…_review` and `…_confirm` follow."""

    title: Promise
    list_title: Promise
    list_page: str
    template_page: str
    """An empty table; none where rows are keyed and come from an export."""
    upload_page: str
    kind: ListKind
    require: Callable[[User], None]
    """Refuses accounts that may not import."""
    plan: Callable[..., ListImport[Any]]
    """What an upload (bytes, its name, the account, a reader of tables) would do."""
    write: Callable[..., int]
    written: Callable[[int], str]
    """Says how many rows were written."""
    ends_at: Callable[[ListImport[Any]], str] | None = None
    """The page that shows what was written, where that is not the list."""
    sets_aside: bool = False
    """Whether rows with faults can be put into a correction workbook: needs the pages `…_aside` and `…_faults`."""

    def upload(self, request: SignedInRequest) -> HttpResponse:
        """Upload a file and see what it would do; nothing is written here."""
        self.require(request.user)
        form = ListUploadForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return render(request, "documents/list_upload.html", {"form": form, **self._context()})
        file = form.cleaned_data["file"]
        stored = keep_upload(file.name, file.read(), purpose=self.upload_page, **acting(request))
        return redirect(f"{self.upload_page}_review", file=stored.pk)

    def review(self, request: SignedInRequest, file: str) -> HttpResponse:
        """The dry run of an uploaded file, or what has to be said about its columns first."""
        stored, plan = self._planned(request, file, asks=request.method == "POST" or "columns" in request.GET)
        if plan.table and plan.table.questions:
            return self._layout(request, stored, plan.table)
        sheet = request.GET.get("sheet", "")
        context = {
            "report": plan.report(),
            "confirm_url": self._url("confirm", stored, sheet, shown=plan.shown, **self._aside(request)),
            "columns_url": self._url("review", stored, sheet, columns=1),
            "faulty": self._faulty(request),
            **self._context(),
        }
        if self.sets_aside and may_split(plan):
            context["aside_url"] = self._url("aside", stored, sheet)
        return render(request, "documents/list_review.html", context)

    def _aside(self, request: SignedInRequest) -> dict[str, str]:
        """The rows set aside, as every page up to the confirmation hands them on."""
        return {"faulty": request.GET["faulty"]} if self._faulty(request) else {}

    def _faulty(self, request: SignedInRequest) -> str:
        """Where the rows set aside can be fetched, if some were."""
        key = request.GET.get("faulty", "")
        kept = uploads_of(request.user)
        with suppress(ValueError):
            if kept.filter(pk=UUID(key)).exists():
                return reverse(f"{self.upload_page}_faults", args=[key])
        return ""

    @method_decorator(require_POST)
    def set_aside(self, request: SignedInRequest, file: str) -> HttpResponse:
        """Put the rows with faults into a correction workbook and go on with the rest, as a new dry run."""
        stored, plan = self._planned(request, file)
        parts = split(plan)
        name = PurePath(stored.name).stem
        rest = keep_upload(
            _("%(name)s（其余）") % {"name": name} + ".xlsx",
            parts.rest,
            purpose=self.upload_page,
            **acting(request),
        )
        faulty = keep_upload(
            _("%(name)s（更正表）") % {"name": name} + ".xlsx",
            parts.faulty,
            purpose=self.upload_page,
            **acting(request),
        )
        return redirect(f"{self._url('review', rest, '')}?faulty={faulty.pk}")

    def faults(self, request: SignedInRequest, file: str) -> HttpResponse:
        """The correction workbook: the rows set aside, each with what is wrong."""
        self.require(request.user)
        stored = get_object_or_404(uploads_of(request.user), pk=file)
        return download(open_upload(stored, purpose=self.upload_page, at=timezone.now()), stored.name)

    @method_decorator(require_POST)
    def confirm(self, request: SignedInRequest, file: str) -> HttpResponse:
        """Write the file, all rows or none; it is read again, and shown again where data have changed since."""
        stored, plan = self._planned(request, file)
        if request.GET.get("shown", plan.shown) != plan.shown:
            messages.warning(
                request, _("核对之后，系统中的数据有了变化，尚未写入。请查看新的核对结果后再确认。")
            )
            return redirect(self._url("review", stored, request.GET.get("sheet", ""), **self._aside(request)))
        with used_up(stored, at=timezone.now()):
            n = self.write(plan, **acting(request))
        messages.success(request, self.written(n))
        if faulty := self._faulty(request):
            told = _("有问题的行没有写入，更正表保留一天。")
            messages.warning(request, format_html('{} <a href="{}">{}</a>', told, faulty, _("下载更正表")))
        return redirect(self.ends_at(plan) if self.ends_at else self.list_page)

    def _planned(
        self, request: SignedInRequest, file: str, *, asks: bool = False
    ) -> tuple[StoredFile, ListImport[Any]]:
        """An upload of the account itself (anybody else's does not exist for it), and what it would do."""
        self.require(request.user)
        stored = get_object_or_404(uploads_of(request.user), pk=file)
        content = open_upload(stored, purpose=self.upload_page, at=timezone.now())
        read = self._reader(request, asks=asks)
        return stored, self.plan(content, file=stored.name, user=request.user, read=read)

    def _layout(self, request: SignedInRequest, stored: StoredFile, table: Table) -> HttpResponse:
        """The page that asks which sheet is meant and what unknown columns mean; the choice is remembered."""
        look, office = table_look(table), self._office(request)
        form = LayoutForm(
            request.POST or None,
            questions=table.questions,
            titles=self.kind.free_titles(table),
            chosen=office.chosen(look),
        )
        if request.method != "POST" or not form.is_valid():
            context = {"form": form, "file": stored.name, **self._context()}
            return render(request, "documents/list_layout.html", context)
        if columns := form.columns():
            choose_columns(office, look, columns, at=timezone.now())
        sheet = form.cleaned_data.get("sheet") or request.GET.get("sheet", "")
        return redirect(self._url("review", stored, sheet))

    def _reader(self, request: SignedInRequest, *, asks: bool) -> ReadTable:
        """Reads an upload as was once chosen for files like it; as it comes, when the page is to ask."""

        def read(content: bytes, **arguments: Any) -> Table:
            def under(layout: Layout) -> Table:
                return examine_table_apart(content, layout=layout, **arguments)

            layout = Layout(request.GET.get("sheet") or None)
            return under(layout) if asks else read_as_chosen(under, self._office(request), layout)[0]

        return read

    def _office(self, request: SignedInRequest) -> Office:
        return Office(request.user.unit, request.user, self.upload_page)

    def _url(self, page: str, stored: StoredFile, sheet: str, **asked: object) -> str:
        url = reverse(f"{self.upload_page}_{page}", args=[stored.pk])
        query = urlencode(({"sheet": sheet} if sheet else {}) | asked)
        return f"{url}?{query}" if query else url

    def _context(self) -> dict[str, object]:
        return {
            "pages": self,
            "list_url": reverse(self.list_page),
            "template_url": reverse(self.template_page) if self.template_page else "",
            "upload_url": reverse(self.upload_page),
        }
