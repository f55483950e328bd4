"""Addresses of allowances."""

from django.urls import path

from secondment.allowances.views import exchange, ledger, lists, records

app_name = "allowances"
here = "import/"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("placements/<int:pk>/", ledger.placement_allowances, name="placement_allowances"),
    path("placements/<int:pk>/insurance/", records.insurance, name="insurance_record"),
    path("placements/<int:pk>/check/", records.check, name="check_record"),
    path("placements/<int:pk>/trips/", records.trips, name="trips_note"),
    path("placements/<int:pk>/fund/", records.fund, name="fund_set"),
    path("placements/<int:pk>/spending/", records.spending, name="spending_record"),
    path("spending/<int:pk>/void/", records.void_spending, name="spending_void"),
    path("insurance/<int:pk>/void/", records.void_insurance, name="insurance_void"),
    path("checks/<int:pk>/void/", records.void_check, name="check_void"),
    path("lists/", lists.pay_lists, name="pay_lists"),
    path("lists/new/", lists.pay_list_new, name="pay_list_new"),
    path("lists/<int:pk>/", lists.pay_list, name="pay_list"),
    path("lists/<int:pk>/workbook/", lists.workbook, name="pay_list_workbook"),
    path("lists/<int:pk>/document/", lists.document, name="pay_list_document"),
    path("sheet/", exchange.sheet, name="allowance_sheet"),
    path(here, exchange.PAGES.upload, name="allowance_import"),
    path(f"{here}<uuid:file>/", exchange.PAGES.review, name="allowance_import_review"),
    path(f"{here}<uuid:file>/aside/", exchange.PAGES.set_aside, name="allowance_import_aside"),
    path(f"{here}<uuid:file>/faults/", exchange.PAGES.faults, name="allowance_import_faults"),
    path(f"{here}<uuid:file>/confirm/", exchange.PAGES.confirm, name="allowance_import_confirm"),
]
