"""Addresses of leave."""

from django.urls import path

from secondment.leave.views import acts, exchange, overview, requests, stand_ins

app_name = "leave"
here = "import/"
urlpatterns = [
    path("", overview.leave_list, name="leave_list"),
    path("month/", overview.month, name="month"),
    path("new/", requests.leave_new, name="leave_new"),
    path("<int:pk>/", requests.leave_detail, name="leave_detail"),
    path("<int:pk>/form/", requests.leave_form, name="leave_form"),
    path("<int:pk>/reason/", acts.reason, name="leave_reason"),
    path("<int:pk>/decide/<int:step>/", acts.decide, name="leave_decide"),
    path("<int:pk>/withdraw/", acts.withdraw, name="leave_withdraw"),
    path("<int:pk>/cancel/", acts.cancel, name="leave_cancel"),
    path("<int:pk>/return/", acts.register_return, name="leave_return"),
    path("<int:pk>/return/undo/", acts.undo_return, name="leave_undo_return"),
    path("<int:pk>/excuse/", acts.excuse, name="leave_excuse"),
    path("placements/<int:pk>/", overview.placement_leave, name="placement_leave"),
    path("placements/<int:pk>/review/", overview.review, name="leave_review"),
    path("deputies/", stand_ins.stand_in_list, name="stand_in_list"),
    path("deputies/<int:pk>/accept/", stand_ins.accept, name="stand_in_accept"),
    path("deputies/<int:pk>/end/", stand_ins.end, name="stand_in_end"),
    path("sheet/", exchange.sheet, name="leave_sheet"),
    path(here, exchange.PAGES.upload, name="leave_import"),
    path(f"{here}<uuid:file>/", exchange.PAGES.review, name="leave_import_review"),
    path(f"{here}<uuid:file>/aside/", exchange.PAGES.set_aside, name="leave_import_aside"),
    path(f"{here}<uuid:file>/faults/", exchange.PAGES.faults, name="leave_import_faults"),
    path(f"{here}<uuid:file>/confirm/", exchange.PAGES.confirm, name="leave_import_confirm"),
]
