"""Addresses of placements."""

from django.urls import path

from secondment.placements.views import accounts, contacts, endings, exchange, groups, single, statistics
from secondment.placements.views import placements as views

app_name = "placements"
urlpatterns = [
    path("", views.placement_list, name="placement_list"),
    path("template/", exchange.placement_template, name="placement_template"),
    path("export/", exchange.placement_export, name="placement_export"),
    path("import/", exchange.PAGES.upload, name="placement_import"),
    path("import/<uuid:file>/", exchange.PAGES.review, name="placement_import_review"),
    path("import/<uuid:file>/aside/", exchange.PAGES.set_aside, name="placement_import_aside"),
    path("import/<uuid:file>/faults/", exchange.PAGES.faults, name="placement_import_faults"),
    path("import/<uuid:file>/confirm/", exchange.PAGES.confirm, name="placement_import_confirm"),
    path("single/", single.single_new, name="single_new"),
    path("single/people/", single.person_names, name="person_names"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/people/", statistics.statistics_people, name="statistics_people"),
    path("statistics/export/", statistics.statistics_export, name="statistics_export"),
    path("statistics/freeze/", statistics.statistics_freeze, name="statistics_freeze"),
    path("statistics/<int:pk>/", statistics.report_detail, name="report_detail"),
    path("contacts/", contacts.contact_list, name="contact_list"),
    path("groups/", groups.group_list, name="group_list"),
    path("groups/new/", groups.group_create, name="group_create"),
    path("groups/of-team/", groups.group_of_team, name="group_of_team"),
    path("groups/<int:pk>/", groups.group_detail, name="group_detail"),
    path("groups/<int:pk>/edit/", groups.group_edit, name="group_edit"),
    path("groups/<int:pk>/dissolve/", groups.group_dissolve, name="group_dissolve"),
    path("join/", groups.placements_join, name="placements_join"),
    path("mine/", views.my_placement, name="my_placement"),
    path("<int:pk>/", views.placement_detail, name="placement_detail"),
    path("<int:pk>/notice/", views.notice_issue, name="notice_issue"),
    path("<int:pk>/notice/file/", views.notice_download, name="notice_download"),
    path("<int:pk>/arrival/", views.arrival_record, name="arrival_record"),
    path("<int:pk>/formalities/", views.formalities_record, name="formalities_record"),
    path("<int:pk>/report/", views.report_confirm, name="report_confirm"),
    path("<int:pk>/term/", views.term_set, name="term_set"),
    path("<int:pk>/end/", endings.placement_end, name="placement_end"),
    path("<int:pk>/change/", endings.placement_change, name="placement_change"),
    path("<int:pk>/reopen/", endings.placement_reopen, name="placement_reopen"),
    path("end/", endings.placements_end, name="placements_end"),
    path("change/", endings.placements_change, name="placements_change"),
    path("accounts/", accounts.accounts_ask, name="accounts_ask"),
    path("<int:pk>/cancel/", views.placement_cancel, name="placement_cancel"),
    path("campaigns/<int:pk>/notices/", views.notices_issue, name="notices_issue"),
    path("campaigns/<int:pk>/notices/files/", views.notices_download, name="notices_download"),
]
