"""Sessions end after a time without use and after a fixed time; a one-time password opens one page only."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import urlencode

from secondment.accounts.missed import count_missed
from secondment.accounts.services import record_refused_page
from secondment.common.errors import NotAllowedError

# What an account with a one-time password may open.
OPEN_PAGES = frozenset({"accounts:password_change", "accounts:sign_out", "set_language"})

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimitsMiddleware:
    """Sign out a session idle for `SESSION_IDLE_MINUTES` or older than `SESSION_ABSOLUTE_HOURS`."""

    def __init__(self, get_response: GetResponse) -> None:
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
                return go_to(request, f"{resolve_url(settings.LOGIN_URL)}?{_expired(request)}")
            if now - last_used >= 60 or "last_used_at" not in request.session:
                request.session["last_used_at"] = now
        return self.get_response(request)


class PasswordChangeMiddleware:
    """An account that must change its password reaches that page only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and _page(request) not in OPEN_PAGES:
            return go_to(request, resolve_url("accounts:password_change"))
        return self.get_response(request)


class RefusalTrailMiddleware:
    """Whoever tries what the account may not do or see leaves a trail; the answer itself is given elsewhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Record who was refused what; address without its query, which may hold what was typed."""
        user = request.user
        is_of_object = request.resolver_match is not None and bool(request.resolver_match.kwargs)
        if isinstance(exception, Http404) and is_of_object and user.is_authenticated:
            count_missed(user, page=request.path, at=timezone.now())
        if isinstance(exception, NotAllowedError) and user.is_authenticated:
            record_refused_page(user, page=request.path, why=str(exception.message), at=timezone.now())


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead the whole page there, also when only a fragment was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _page(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _expired(request: HttpRequest) -> str:
    """The notice, and the page to come back to when it can be opened by its address."""
    query = {"expired": "1"}
    if request.method == "GET" and not request.headers.get("HX-Request"):
        query["next"] = request.get_full_path()
    return urlencode(query)
