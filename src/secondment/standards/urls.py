"""Addresses of standards."""

from django.urls import path

from secondment.standards.views import exchange, reading, signing, weighing, writing
from secondment.standards.views.exchange import PAGES

app_name = "standards"
urlpatterns = [
    path("", reading.standard_list, name="standard_list"),
    path("new/", writing.standard_new, name="standard_new"),
    path("template/", exchange.standard_template, name="standard_template"),
    path("import/", PAGES.upload, name="standard_import"),
    path("import/<uuid:file>/", PAGES.review, name="standard_import_review"),
    path("import/<uuid:file>/aside/", PAGES.set_aside, name="standard_import_aside"),
    path("import/<uuid:file>/faults/", PAGES.faults, name="standard_import_faults"),
    path("import/<uuid:file>/confirm/", PAGES.confirm, name="standard_import_confirm"),
    path("<int:pk>/", reading.standard_detail, name="standard_detail"),
    path("versions/<int:pk>/", reading.version_detail, name="version_detail"),
    path("versions/<int:pk>/workbook/", exchange.version_workbook, name="version_workbook"),
    path("versions/<int:pk>/form/", exchange.version_form, name="version_form"),
    path("versions/<int:pk>/edit/", writing.version_edit, name="version_edit"),
    path("versions/<int:pk>/sum/", writing.weights_sum, name="weights_sum"),
    path("versions/<int:pk>/compare/", weighing.weights_compare, name="weights_compare"),
    path("versions/<int:pk>/groups/<slug:code>/", writing.groups_preset, name="groups_preset"),
    path("versions/<int:pk>/indicators/add/", writing.indicator_add, name="indicator_add"),
    path("versions/<int:pk>/indicators/<slug:code>/", writing.indicator_edit, name="indicator_edit"),
    path(
        "versions/<int:pk>/indicators/<slug:code>/remove/", writing.indicator_remove, name="indicator_remove"
    ),
    path("versions/<int:pk>/indicators/<slug:code>/move/", writing.indicator_move, name="indicator_move"),
    path("versions/<int:pk>/submit/", signing.version_submit, name="version_submit"),
    path("versions/<int:pk>/recall/", signing.version_recall, name="version_recall"),
    path("versions/<int:pk>/sign/", signing.version_sign, name="version_sign"),
    path("versions/<int:pk>/return/", signing.version_return, name="version_return"),
    path("versions/<int:pk>/next/", signing.version_next, name="version_next"),
    path("versions/<int:pk>/retire/", signing.version_retire, name="version_retire"),
    path("versions/<int:pk>/drop/", signing.version_drop, name="version_drop"),
]
