"""Addresses of daily work."""

from django.urls import URLPattern, path

from secondment.daily_work.views import fulfilment, host, notices, sheets, silence, support, urgent
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
    path("notices/<int:pk>/reply/", notices.notice_reply, name="notice_reply"),
    path("silence/", silence.silence, name="silence"),
    path("support/", support.support_list, name="support_list"),
    path("support/units/", support.support_units, name="support_units"),
    path("support/<int:pk>/", support.support_detail, name="support_detail"),
    path("support/<int:pk>/answer/", support.support_answer, name="support_answer"),
    path("support/<int:pk>/pass-on/", support.support_pass_on, name="support_pass_on"),
    path("support/<int:pk>/judge/", support.support_judge, name="support_judge"),
    path("support/<int:pk>/reopen/", support.support_reopen, name="support_reopen"),
    path("urgent/", urgent.urgent_list, name="urgent_list"),
    path("urgent/new/", urgent.urgent_new, name="urgent_new"),
    path("urgent/<int:pk>/", urgent.urgent_detail, name="urgent_detail"),
    path("urgent/<int:pk>/acknowledge/", urgent.urgent_acknowledge, name="urgent_acknowledge"),
    path("urgent/<int:pk>/line/", urgent.urgent_line, name="urgent_line"),
    *import_paths("month", sheets.MONTH_PAGES),
    *import_paths("quarter", sheets.QUARTER_PAGES),
]
