"""Addresses of standards."""

from django.urls import path

from secondment.standards.views import reading

app_name = "standards"
urlpatterns = [
    path("", reading.standard_list, name="standard_list"),
    path("<int:pk>/", reading.standard_detail, name="standard_detail"),
    path("versions/<int:pk>/", reading.version_detail, name="version_detail"),
]
