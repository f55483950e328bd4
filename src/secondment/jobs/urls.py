"""Addresses of background jobs."""

from django.urls import path

from secondment.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<uuid:pk>/", views.job_detail, name="job_detail"),
    path("<uuid:pk>/progress/", views.job_progress, name="job_progress"),
    path("<uuid:pk>/cancel/", views.job_cancel, name="job_cancel"),
]
