"""Addresses of findings."""

from django.urls import path

from secondment.findings.views import findings, writing

app_name = "findings"
urlpatterns = [
    path("", findings.finding_list, name="finding_list"),
    path("placements/<int:pk>/<int:year>/", findings.year, name="year"),
    path("placements/<int:pk>/<int:year>/print/", findings.year_print, name="year_print"),
    path("placements/<int:pk>/<int:year>/write/", writing.finding_write, name="finding_write"),
    path("<int:pk>/correct/", writing.finding_correct, name="finding_correct"),
    path("<int:pk>/withdraw/", writing.finding_withdraw, name="finding_withdraw"),
]
