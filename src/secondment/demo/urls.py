"""Addresses of the demo."""

from django.urls import path

from secondment.demo import views

app_name = "demo"
urlpatterns = [path("measurement/<int:pk>/truth/", views.truth, name="truth")]
