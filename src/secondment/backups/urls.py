"""Addresses of backups."""

from django.urls import path

from secondment.backups import views

app_name = "backups"
urlpatterns = [path("", views.backup_list, name="backup_list")]
