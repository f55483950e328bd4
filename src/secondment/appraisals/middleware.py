"""Ballot pages know nobody: what could name a voter is taken off the request before anything else sees it."""

import hashlib
import hmac
import ipaddress
import secrets
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from secondment.common.proxies import address_or_none

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
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
# Known to this process only and gone with it: an address cannot be read or guessed back from its fingerprint.
_SECRET = secrets.token_bytes(32)


class BallotPathMiddleware(GZipMiddleware):
    """No cookie comes in and none goes out, so a session that is open in the same browser is not touched; answers are small."""

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith(PATH):
            return self.get_response(request)
        request.guesser = fingerprint(request.META.get("REMOTE_ADDR", ""))  # type: ignore[attr-defined]
        for name in TAKEN_OFF:
            request.META.pop(name, None)
        response = self.process_response(request, cast("HttpResponse", self.get_response(request)))
        response.cookies.clear()
        for name, text in HEADERS.items():
            response.headers[name] = text
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 -- Django's own mark: no line in its log
        return response


def fingerprint(address: str) -> str:
    """What guesses are counted by, in memory only: of an address, or of the network one subscriber of IPv6 has."""
    parsed = address_or_none(address)
    place = (
        str(ipaddress.ip_network(f"{parsed}/64", strict=False))
        if parsed and parsed.version == 6
        else str(parsed)
    )
    return hmac.new(_SECRET, place.encode(), hashlib.sha256).hexdigest()
