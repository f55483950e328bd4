"""Before an installation has begun every page leads to its first run."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secondment.onboarding.begun import has_begun

GetResponse = Callable[[HttpRequest], HttpResponse]


class FirstRunMiddleware:
    """Nothing else answers while nobody could sign in; the language may be chosen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = reverse("start:index")
        if request.path.startswith((start, reverse("set_language"))) or has_begun():
            return self.get_response(request)
        return redirect(start)
