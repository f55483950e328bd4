"""Addresses that belong to no app: the style guide and the choice of columns."""

from django.urls import path

from secondment.common import views

urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/progress/", views.styleguide_progress, name="styleguide_progress"),
    path("table-columns/", views.table_columns, name="table_columns"),
]
