"""Addresses of the first run; afterwards there is no such page."""

from django.urls import path

from secondment.onboarding.views import start

app_name = "start"
urlpatterns = [
    path("", start.index, name="index"),
    path("facts/", start.facts, name="facts"),
    path("key/", start.key, name="key"),
    path("finish/", start.finish, name="finish"),
    path("done/", start.done, name="done"),
]
