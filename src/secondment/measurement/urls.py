"""Addresses of measurement."""

from django.urls import path

from secondment.measurement.views import planning, runs

app_name = "measurement"
urlpatterns = [
    path("", runs.run_list, name="run_list"),
    path("new/", runs.run_new, name="run_new"),
    path("planning/", planning.plan_list, name="plan_list"),
    path("planning/<int:pk>/", planning.planning, name="planning"),
    path("planning/progress/<int:pk>/", planning.progress, name="plan_progress"),
    path("<int:pk>/", runs.run_detail, name="run_detail"),
    path("<int:pk>/progress/", runs.run_progress, name="run_progress"),
    path("<int:pk>/results.csv", runs.run_results, name="run_results"),
    path("<int:run_pk>/<int:pk>/", runs.measure_detail, name="measure_detail"),
]
