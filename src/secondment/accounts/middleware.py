"""Sessions end after a time without use and after a fixed time in any case."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone


class SessionLimitsMiddleware:
    """Sign out a session idle for `SESSION_IDLE_MINUTES` or older than `SESSION_ABSOLUTE_HOURS`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            started = request.session.setdefault("started_at", now)
            last_used = request.session.get("last_used_at", now)
            if (
                now - last_used > settings.SESSION_IDLE_MINUTES * 60
                or now - started > settings.SESSION_ABSOLUTE_HOURS * 3600
            ):
                logout(request)
                return redirect(f"{settings.LOGIN_URL}")
            if now - last_used >= 60 or "last_used_at" not in request.session:
                request.session["last_used_at"] = now
        return self.get_response(request)
