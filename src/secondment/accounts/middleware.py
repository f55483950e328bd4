"""Sessions end after a time without use and after a fixed time; a one-time password opens one page only.

A form that comes too late is kept, see `kept`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import urlencode

from secondment.accounts.kept import RETURNED, keep_form
from secondment.accounts.limits import seconds_left
from secondment.accounts.missed import count_missed
from secondment.accounts.models import KeptForm
from secondment.accounts.services import record_refused_page
from secondment.common.errors import NotAllowedError
from secondment.common.keys import number_in
from secondment.common.submissions import is_done

# What an account with a one-time password may open.
OPEN_PAGES = frozenset({"accounts:password_change", "accounts:sign_out", "set_language"})
# Pages whose forms are not worth keeping, or must not be.
# Pages whose forms must not be kept for the account that was shown them.
ANONYMOUS = frozenset({"talks:anonymous_new", "talks:anonymous_answer"})
# What a code of a ballot is typed into: the database and its backups hold no ballot of an open vote, sealed or not.
BALLOTS = frozenset(
    {
        "appraisals:paper_ballot",
        "appraisals:paper_ballot_take_back",
        "appraisals:paper_ballot_send_back",
        "appraisals:replacement_ask",
    }
)
NOT_KEPT = (
    OPEN_PAGES | ANONYMOUS | BALLOTS | {"accounts:session_renew", "accounts:kept_discard", "table_columns"}
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimitsMiddleware:
    """Sign out a session idle for `SESSION_IDLE_MINUTES` or older than `SESSION_ABSOLUTE_HOURS`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            at = timezone.now()
            now = int(at.timestamp())
            request.session.setdefault("started_at", now)
            if seconds_left(request.session, now=now).is_over:
                logout(request)
                return answer_for_ended(request, at=at)
            if now - request.session.get("last_used_at", 0) >= 60:
                request.session["last_used_at"] = now
            request.session_left = seconds_left(request.session, now=now)  # type: ignore[attr-defined]
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page but the public ones requires sign-in; a form that comes without a session is kept."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Lead to the sign-in page and from there back."""
        if request.method == "POST":
            return answer_for_ended(request, at=timezone.now())
        return super().handle_no_permission(request, view_func)


class KeptFormMiddleware:
    """What was kept is deleted once it has been sent again and acted on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        has_acted = request.method == "POST" and response.status_code == 302 and request.user.is_authenticated
        if has_acted and (key := number_in(request.POST.get(RETURNED, ""))):
            KeptForm.objects.filter(pk=key, account=request.user.pk).delete()
        return response


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
    """Record attempts to do or view something the account may not; the response itself is made elsewhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Record who was refused what; address without its query, which may hold what was typed."""
        user = request.user
        if is_done(request.sending):  # type: ignore[attr-defined]  # set by `SubmissionMiddleware`
            return
        is_of_object = request.resolver_match is not None and bool(request.resolver_match.kwargs)
        if isinstance(exception, Http404) and is_of_object and user.is_authenticated:
            count_missed(user, page=request.path, at=timezone.now())
        if isinstance(exception, NotAllowedError) and user.is_authenticated:
            record_refused_page(user, page=request.path, why=str(exception.message), at=timezone.now())


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the entire page, even if only a fragment was requested."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def answer_for_ended(request: HttpRequest, *, at: dt.datetime) -> HttpResponse:
    """Lead to the sign-in page, and from there to what was typed; a page that only asked to go on stays as it is."""
    if _page(request) == "accounts:session_renew" and request.headers.get("HX-Request"):
        return render(request, "accounts/_session_line.html")
    if kept := answer_with_kept(request, at=at):
        return kept
    query = {"expired": "1"}
    if request.method == "GET" and not request.headers.get("HX-Request"):
        query["next"] = request.get_full_path()
    return go_to(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query)}")


def answer_with_kept(request: HttpRequest, *, at: dt.datetime) -> HttpResponse | None:
    """Keep what was typed and lead to it, past the sign-in page where needed; None when nothing is kept."""
    if request.method != "POST" or _page(request) in NOT_KEPT:
        return None
    kept = keep_form(request, at=at)
    if kept is None:
        return None
    page = resolve_url("accounts:kept_list")
    if request.user.pk == kept.account_id:
        return go_to(request, page)
    query = urlencode({"expired": "1", "kept": "1", "next": page})
    return go_to(request, f"{resolve_url(settings.LOGIN_URL)}?{query}")


def _page(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
