"""Addresses of daily work."""

from django.urls import URLPattern, path

from secondment.daily_work.views import fulfilment, host, notices, sheets
from secondment.documents.views import ListPages


def import_paths(kind: str, pages: ListPages) -> list[URLPattern]:
    """The pages of an import: upload, dry run, rows set aside, confirmation."""
    here, name = f"sheets/{kind}/import/", f"{kind}_import"
    return [
        path(here, pages.upload, name=name),
        path(f"{here}<uuid:file>/", pages.review, name=f"{name}_review"),
        path(f"{here}<uuid:file>/aside/", pages.set_aside, name=f"{name}_aside"),
        path(f"{here}<uuid:file>/faults/", pages.faults, name=f"{name}_faults"),
        path(f"{here}<uuid:file>/confirm/", pages.confirm, name=f"{name}_confirm"),
    ]


app_name = "daily_work"
urlpatterns = [
    path("fulfilment/", fulfilment.fulfilment, name="fulfilment"),
    path("sheets/", sheets.sheet_list, name="sheet_list"),
    path("sheets/month/", sheets.month_sheet, name="month_sheet"),
    path("sheets/quarter/", sheets.quarter_sheet, name="quarter_sheet"),
    path("host/", host.host_sheet, name="host_sheet"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/new/", notices.notice_give, name="notice_give"),
    path("notices/<int:pk>/", notices.notice_detail, name="notice_detail"),
    path("notices/<int:pk>/edit/", notices.notice_correct, name="notice_correct"),
    path("notices/<int:pk>/read/", notices.notice_read, name="notice_read"),
    *import_paths("month", sheets.MONTH_PAGES),
    *import_paths("quarter", sheets.QUARTER_PAGES),
]
