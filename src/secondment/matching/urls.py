"""Addresses of matching."""

from secondment.matching.decision.urls import urlpatterns as decision_urls

app_name = "matching"
urlpatterns = [*decision_urls]
