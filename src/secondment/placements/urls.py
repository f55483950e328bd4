"""Addresses of placements."""

from django.urls import path

from secondment.placements.views import endings
from secondment.placements.views import placements as views

app_name = "placements"
urlpatterns = [
    path("", views.placement_list, name="placement_list"),
    path("mine/", views.my_placement, name="my_placement"),
    path("<int:pk>/", views.placement_detail, name="placement_detail"),
    path("<int:pk>/notice/", views.notice_issue, name="notice_issue"),
    path("<int:pk>/notice/file/", views.notice_download, name="notice_download"),
    path("<int:pk>/arrival/", views.arrival_record, name="arrival_record"),
    path("<int:pk>/report/", views.report_confirm, name="report_confirm"),
    path("<int:pk>/term/", views.term_set, name="term_set"),
    path("<int:pk>/end/", endings.placement_end, name="placement_end"),
    path("<int:pk>/change/", endings.placement_change, name="placement_change"),
    path("<int:pk>/reopen/", endings.placement_reopen, name="placement_reopen"),
    path("end/", endings.placements_end, name="placements_end"),
    path("change/", endings.placements_change, name="placements_change"),
    path("<int:pk>/cancel/", views.placement_cancel, name="placement_cancel"),
    path("campaigns/<int:pk>/notices/", views.notices_issue, name="notices_issue"),
    path("campaigns/<int:pk>/notices/files/", views.notices_download, name="notices_download"),
]
