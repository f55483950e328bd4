"""Addresses of the analysis of the force."""

from django.urls import path

from secondment.workforce.views import balance, completeness, cross, files, forecast, saved, structure, trials

app_name = "workforce"
urlpatterns = [
    path("", structure.overview, name="overview"),
    path("structure/<slug:key>/", structure.question, name="question"),
    path("trend/", structure.trend, name="trend"),
    path("cross/", cross.cross, name="cross"),
    path("people/", cross.people, name="people"),
    path("completeness/", completeness.completeness, name="completeness"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("forecast/structure/", forecast.forecast_structure, name="forecast_structure"),
    path("forecast/gaps/", forecast.forecast_gaps, name="forecast_gaps"),
    path("forecast/ladder/", forecast.forecast_ladder, name="forecast_ladder"),
    path("forecast/people/", forecast.forecast_people, name="forecast_people"),
    path("forecast/trial/", trials.forecast_trial, name="forecast_trial"),
    path("balance/", balance.balance, name="balance"),
    path("report/", files.report, name="report"),
    path("views/", saved.saved_views, name="saved_views"),
    path("views/save/", saved.view_save, name="view_save"),
    path("views/<int:pk>/", saved.view_open, name="view_open"),
    path("views/delete/", saved.views_delete, name="views_delete"),
]
