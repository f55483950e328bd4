"""Addresses of the directory of units."""

from django.urls import path

from secondment.directory.views import exchange, units

app_name = "directory"
urlpatterns = [
    path("", units.unit_tree, name="unit_tree"),
    path("names/", units.unit_names, name="unit_names"),
    path("regions/", units.region_names, name="region_names"),
    path("template/", exchange.unit_template, name="unit_template"),
    path("export/", exchange.unit_export, name="unit_export"),
    path("import/", exchange.PAGES.upload, name="unit_import"),
    path("import/<uuid:file>/", exchange.PAGES.review, name="unit_import_review"),
    path("import/<uuid:file>/aside/", exchange.PAGES.set_aside, name="unit_import_aside"),
    path("import/<uuid:file>/faults/", exchange.PAGES.faults, name="unit_import_faults"),
    path("import/<uuid:file>/confirm/", exchange.PAGES.confirm, name="unit_import_confirm"),
    path("<int:pk>/", units.unit_detail, name="unit_detail"),
    path("<int:pk>/children/", units.unit_children, name="unit_children"),
    path("<int:pk>/new/", units.unit_create, name="unit_create"),
    path("<int:pk>/edit/", units.unit_edit, name="unit_edit"),
    path("<int:pk>/move/", units.unit_move, name="unit_move"),
    path("<int:pk>/close/", units.unit_close, name="unit_close"),
    path("<int:pk>/reopen/", units.unit_reopen, name="unit_reopen"),
]
