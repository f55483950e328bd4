"""Addresses of runs and proposals."""

from django.http import HttpResponse
from django.urls import path

app_name = "matching"
urlpatterns = [
    path("proposals/<int:pk>/", lambda request, pk: HttpResponse(""), name="proposal_detail"),
]
