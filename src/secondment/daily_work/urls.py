"""Addresses of daily work."""

from django.urls import path

from secondment.daily_work.views import host, notices

app_name = "daily_work"
urlpatterns = [
    path("host/", host.host_sheet, name="host_sheet"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/new/", notices.notice_give, name="notice_give"),
    path("notices/<int:pk>/", notices.notice_detail, name="notice_detail"),
    path("notices/<int:pk>/edit/", notices.notice_correct, name="notice_correct"),
    path("notices/<int:pk>/read/", notices.notice_read, name="notice_read"),
]
