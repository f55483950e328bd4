"""The home page of every role."""

from django.http import HttpResponse
from django.shortcuts import render

from secondment.accounts.http import SignedInRequest


def home(request: SignedInRequest) -> HttpResponse:
    """What needs this account today."""
    return render(request, "portal/home.html")
