"""Addresses of the analysis of the force."""

from django.urls import path

from secondment.workforce.views import completeness, cross, files, saved, structure

app_name = "workforce"
urlpatterns = [
    path("", structure.overview, name="overview"),
    path("structure/<slug:key>/", structure.question, name="question"),
    path("trend/", structure.trend, name="trend"),
    path("cross/", cross.cross, name="cross"),
    path("people/", cross.people, name="people"),
    path("completeness/", completeness.completeness, name="completeness"),
    path("report/", files.report, name="report"),
    path("views/", saved.saved_views, name="saved_views"),
    path("views/save/", saved.view_save, name="view_save"),
    path("views/<int:pk>/", saved.view_open, name="view_open"),
    path("views/delete/", saved.views_delete, name="views_delete"),
]
