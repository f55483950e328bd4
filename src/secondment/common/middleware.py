"""Headers that close the browser's doors, refused actions turned into answers, and forms that act once."""

import time
from collections.abc import Callable
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from secondment.common.busy import busy_page, is_busy
from secondment.common.conflicts import conflict_page
from secondment.common.errors import DomainError, NotAllowedError, StaleObjectError
from secondment.common.models import Submission
from secondment.common.submissions import (
    AHEAD,
    AlreadyDoneError,
    Sending,
    fingerprint_of,
    keep_outcome,
    sending,
)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "object-src 'none'; "
    "frame-ancestors 'none'"
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
# What pages and static files carry alike.
SAFETY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}

GetResponse = Callable[[HttpRequest], HttpResponse]
# How often, and how many seconds apart, one looks for the outcome of the same form sent a moment before.
LOOKS, SECONDS_APART = 100, 0.05


class SecurityHeadersMiddleware:
    """Every answer carries the content security policy; pages with personal data are not stored by the browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in SAFETY_HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class CompressionMiddleware(GZipMiddleware):
    """Pages that are asked for go out compressed.

    Length must reveal nothing about a secret on the page (BREACH): the token and the one-time key of a form are masked again
    for every answer, Django adds up to 100 random bytes, the session's cookie does not come with requests from other
    sites, and what is shown in clear (identity numbers) answers a POST, which is left as it is. So are files.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a page that answers a GET."""
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return (
            super().process_response(request, response) if is_page and request.method == "GET" else response
        )


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise has no types
    """Static files under the headers of pages; the list of all files is for the server alone."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_list = "/staticfiles.json" in request.path_info
        response: HttpResponse = self.get_response(request) if is_list else super().__call__(request)
        return response

    def add_cache_headers(self, headers: Headers, path: str, url: str) -> None:
        """Called once for every file."""
        super().add_cache_headers(headers, path, url)
        for name, value in SAFETY_HEADERS.items():
            headers[name] = value


class LanguageMiddleware:
    """Chinese unless the reader has chosen otherwise; the browser's own language does not decide.

    Office machines often carry an English browser, and their users expect the Chinese page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class DomainErrorMiddleware:
    """A `DomainError` that no view caught becomes a page that explains what happened and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 403 for a missing right and 409 for any other refused action; a reason that was typed stays."""
        if not isinstance(exception, DomainError):
            return None
        if isinstance(exception, StaleObjectError) and (page := conflict_page(request)):
            return page
        status = 403 if isinstance(exception, NotAllowedError) else 409
        context = {"error": exception, "reason": request.POST.get("reason", "").strip()}
        return render(request, "common/refused.html", context, status=status)


class BusyMiddleware:
    """A view that met a busy database becomes the page that tries again; `views.server_error` does it elsewhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 and when to come again."""
        return busy_page(request) if is_busy(exception) else None


class SentTextMiddleware:
    """Text as pages and files count it: the end of a line is one character, and nothing with a NUL is acted on.

    Browsers send two characters for the end of a line and count one; no browser sends a NUL, and no database keeps one.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Refuse a NUL with 400; give views each line end as they store it."""
        sent = [request.GET.lists(), request.POST.lists()]
        texts = [text for fields in sent for name, found in fields for text in (name, *found)]
        if "\0" in request.path or any("\0" in text for text in texts):
            raise BadRequest
        if any("\r\n" in text for text in texts):
            request.POST = _with_line_ends(request.POST)  # type: ignore[assignment]  # Django lets it be set


def _with_line_ends(sent: QueryDict) -> QueryDict:
    fields = sent.copy()
    for name, found in sent.lists():
        fields.setlist(name, [text.replace("\r\n", "\n") for text in found])
    return fields


class SubmissionMiddleware:
    """The same form sent twice is acted on once; see `common.submissions`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with sending(request.user.pk) as current:
            request.sending = current  # type: ignore[attr-defined]
            response = self.get_response(request)
        if current.spent_at is not None:
            is_led = isinstance(response, HttpResponseRedirect)
            keep_outcome(current, response.headers["Location"] if is_led else "")
            return response
        return response if current.is_led else _outcome(request, current) or response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """A form that is known to be done is not acted on at all."""
        current: Sending = request.sending  # type: ignore[attr-defined]
        if request.method == "POST" and current.account is not None:
            current.fingerprint = fingerprint_of(request, current.account)
        return _outcome(request, current)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Another request came first and was processed; if its answer was not a redirect, the browser sends again."""
        if not isinstance(exception, AlreadyDoneError):
            return None
        again = HttpResponse(status=307, headers={"Location": request.get_full_path()})
        return _outcome(request, request.sending) or again  # type: ignore[attr-defined]


def _outcome(request: HttpRequest, current: Sending) -> HttpResponse | None:
    """Where the form has led, None for one that is not known; waits for an answer that is under way."""
    for _look in range(LOOKS):
        known = Submission.objects.filter(pk=current.fingerprint).first() if current.fingerprint else None
        if known is None:
            return None
        if known.location:
            current.is_led = True
            if AHEAD not in request.POST:
                messages.info(request, _("该表单此前已提交办理，未重复办理。"))
            return redirect(known.location)
        time.sleep(SECONDS_APART)
    cut_off = DomainError(_("该表单已提交办理，未重复办理。请返回列表查看结果。"))
    return render(request, "common/refused.html", {"error": cut_off}, status=409)
