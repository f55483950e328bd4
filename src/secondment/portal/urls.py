"""Addresses of the home page, search and the audit trail."""

from django.urls import path

from secondment.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("audit/", views.trail, name="trail"),
    path("audit/end/", views.trail_end, name="trail_end"),
    path("audit/check/", views.trail_check, name="trail_check"),
]
