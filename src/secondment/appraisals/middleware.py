"""Ballot pages know nobody: what could name a voter is taken off the request before anything else sees it."""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import resolve

from secondment.common.middleware import SecurityHeadersMiddleware
from secondment.common.proxies import address_or_none
from secondment.onboarding.middleware import FirstRunMiddleware

PATH = "/vote/"
TAKEN_OFF = (
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_COOKIE",
    "HTTP_USER_AGENT",
    "HTTP_REFERER",
    "HTTP_ACCEPT_LANGUAGE",
)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
# All that stands between the server and a ballot: no session, no account, no messages.
LAYERS = (FirstRunMiddleware, CommonMiddleware, SecurityHeadersMiddleware, SecurityMiddleware)
# Known to this process only and gone with it: an address cannot be read or guessed back from its fingerprint.
_SECRET = secrets.token_bytes(32)


class BallotPathMiddleware(GZipMiddleware):
    """No cookie comes in and none goes out, so a session that is open in the same browser is not touched; answers are small.

    What other pages go through is passed by: a hall votes within a minute.
    """

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        answer: Callable[[HttpRequest], Any] = convert_exception_to_response(_answer)
        for layer in LAYERS:
            answer = convert_exception_to_response(layer(answer))
        self.answer = answer

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(PATH):
            return self.get_response(request)
        request.guesser = fingerprint(request.META.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]
        for name in TAKEN_OFF:
            request.META.pop(name, None)
        request.user = AnonymousUser()
        response = self.process_response(request, cast("HttpResponse", self.answer(request)))
        response.cookies.clear()
        for name, text in HEADERS.items():
            response.headers[name] = text
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 -- Django's own mark: no line in its log
        return response


def _answer(request: HttpRequest) -> HttpResponse:
    """What the address leads to; nothing with a NUL is acted on, as elsewhere."""
    if any("\0" in text for sent in (request.GET, request.POST) for text in sent.dict().values()):
        raise BadRequest
    match = request.resolver_match = resolve(request.path_info)
    return cast("HttpResponse", match.func(request, *match.args, **match.kwargs))


def fingerprint(address: str) -> str:
    """What guesses are counted by, in memory only: of an address, or of the network one subscriber of IPv6 has."""
    parsed = address_or_none(address)
    place = (
        str(ipaddress.ip_network(f"{parsed}/64", strict=False))
        if parsed and parsed.version == 6
        else str(parsed)
    )
    return hmac.new(_SECRET, place.encode(), hashlib.sha256).hexdigest()
