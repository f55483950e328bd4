"""Addresses of the home page."""

from django.urls import path

from secondment.portal import views

app_name = "portal"
urlpatterns = [path("", views.home, name="home")]
