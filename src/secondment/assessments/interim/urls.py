"""Addresses of routine, mid-term and special assessments."""

from django.urls import path

from secondment.assessments.interim.views import exchange, midterm, routine, special

routines, midterms, specials = "routine/", "midterm/", "special/"
here = f"{routines}import/"
urlpatterns = [
    path(routines, routine.routine_list, name="routine_list"),
    path(f"{routines}sheet/", routine.routine_sheet, name="routine_sheet"),
    path(f"{routines}workbook/", exchange.routine_book, name="routine_workbook"),
    path(here, exchange.PAGES.upload, name="routine_import"),
    path(f"{here}<uuid:file>/", exchange.PAGES.review, name="routine_import_review"),
    path(f"{here}<uuid:file>/aside/", exchange.PAGES.set_aside, name="routine_import_aside"),
    path(f"{here}<uuid:file>/faults/", exchange.PAGES.faults, name="routine_import_faults"),
    path(f"{here}<uuid:file>/confirm/", exchange.PAGES.confirm, name="routine_import_confirm"),
    path(midterms, midterm.midterm_list, name="midterm_list"),
    path(f"{midterms}<int:pk>/", midterm.midterm_detail, name="midterm_detail"),
    path(specials, special.special_list, name="special_list"),
    path(f"{specials}new/", special.special_new, name="special_new"),
    path(f"{specials}<int:pk>/", special.special_detail, name="special_detail"),
    path(f"{specials}<int:pk>/people/<int:placement>/", special.special_write, name="special_write"),
    path(f"{specials}<int:pk>/close/", special.special_close, name="special_close"),
    path(f"{specials}<int:pk>/reopen/", special.special_reopen, name="special_reopen"),
]
