"""The two pages of every list that comes as a file: upload, then the dry run with its confirmation."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from secondment.accounts.http import SignedInRequest
from secondment.common.import_report import ImportReport
from secondment.documents.forms import LayoutForm, ListUploadForm
from secondment.documents.layouts import Office, choose_columns, read_as_chosen, table_look
from secondment.documents.models import StoredFile
from secondment.files.headers import Layout
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Table

ReadTable = Callable[..., Table]


@dataclass(frozen=True)
class ListPages:
    """Names of the pages of one list: `room:thing_import` is the upload, `…_review` and `…_confirm` follow."""

    title: Promise
    list_title: Promise
    list_page: str
    template_page: str
    upload_page: str

    def uploaded(self, stored: StoredFile) -> HttpResponse:
        """On to the dry run."""
        return redirect(f"{self.upload_page}_review", file=stored.pk)

    def upload(self, request: SignedInRequest, form: ListUploadForm) -> HttpResponse:
        """The page that asks for the file."""
        return render(request, "documents/list_upload.html", {"form": form, **self._context()})

    def review(self, request: SignedInRequest, stored: StoredFile, report: ImportReport) -> HttpResponse:
        """The page that shows what the file would do."""
        sheet = request.GET.get("sheet", "")
        context = {
            "report": report,
            "confirm_url": self._url("confirm", stored, sheet),
            "columns_url": self._url("review", stored, sheet, columns=1),
            **self._context(),
        }
        return render(request, "documents/list_review.html", context)

    def layout(
        self,
        request: SignedInRequest,
        stored: StoredFile,
        table: Table,
        titles: Sequence[str],
        *,
        at: dt.datetime,
    ) -> HttpResponse:
        """The page that asks which sheet is meant and what unknown columns mean; the choice is remembered."""
        look, office = table_look(table), self._office(request)
        form = LayoutForm(
            request.POST or None, questions=table.questions, titles=titles, chosen=office.chosen(look)
        )
        if request.method != "POST" or not form.is_valid():
            context = {"form": form, "file": stored.name, **self._context()}
            return render(request, "documents/list_layout.html", context)
        if columns := form.columns():
            choose_columns(office, look, columns, at=at)
        sheet = form.cleaned_data.get("sheet") or request.GET.get("sheet", "")
        return redirect(self._url("review", stored, sheet))

    def reader(self, request: SignedInRequest, *, asks: bool = False) -> ReadTable:
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
            "template_url": reverse(self.template_page),
            "upload_url": reverse(self.upload_page),
        }


def is_asking(request: SignedInRequest) -> bool:
    """Whether the page is to ask for columns again, or is being answered."""
    return request.method == "POST" or "columns" in request.GET


def own_upload(request: SignedInRequest, key: str) -> StoredFile:
    """An upload of the account itself; those of others do not exist for it."""
    return get_object_or_404(StoredFile.objects.select_related("owner"), pk=key, owner=request.user)
