"""The two pages of every list that comes as a file: upload, then the dry run with its confirmation."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from secondment.accounts.http import SignedInRequest
from secondment.common.import_report import ImportReport
from secondment.documents.forms import ListUploadForm
from secondment.documents.models import StoredFile


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
        confirm_url = reverse(f"{self.upload_page}_confirm", args=[stored.pk])
        context = {"report": report, "confirm_url": confirm_url, **self._context()}
        return render(request, "documents/list_review.html", context)

    def _context(self) -> dict[str, object]:
        return {
            "pages": self,
            "list_url": reverse(self.list_page),
            "template_url": reverse(self.template_page),
            "upload_url": reverse(self.upload_page),
        }


def own_upload(request: SignedInRequest, key: str) -> StoredFile:
    """An upload of the account itself; anybody else's does not exist for it."""
    return get_object_or_404(StoredFile.objects.select_related("owner"), pk=key, owner=request.user)
