"""Addresses that belong to no app: the style guide and the choice of columns."""

from django.urls import path

from secondment.common import cut_lines, views

urlpatterns = [
    path("service-worker.js", cut_lines.service_worker, name="service_worker"),
    path("offline/", cut_lines.offline, name="offline"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/progress/", views.styleguide_progress, name="styleguide_progress"),
    path("table-columns/", views.table_columns, name="table_columns"),
]
