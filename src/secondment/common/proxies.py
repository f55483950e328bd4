"""The visitor's address behind a proxy: only headers of trusted proxies are believed."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
GetResponse = Callable[[HttpRequest], HttpResponse]


class TrustedProxyMiddleware:
    """First middleware: from here on `REMOTE_ADDR` and the scheme are the visitor's, whichever proxy forwarded the request.

    A proxy outside `TRUSTED_PROXIES` is a visitor like any other; what it claims is not read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.trusted: tuple[Network, ...] = tuple(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if peer := address_or_none(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = str(peer)
            if is_in(peer, self.trusted):
                claimed = request.META.get("HTTP_X_FORWARDED_FOR", "")
                request.META["REMOTE_ADDR"] = str(visitor(peer, claimed.split(","), self.trusted))
                self._take_scheme(request)
        return self.get_response(request)

    def _take_scheme(self, request: HttpRequest) -> None:
        scheme = request.META.get("HTTP_X_FORWARDED_PROTO", "").strip().lower()
        if scheme in {"http", "https"}:
            request.META["wsgi.url_scheme"] = scheme


def visitor(peer: Address, hops: Sequence[str], trusted: Sequence[Network]) -> Address:
    """The last hop, read from the near end, that is not a trusted proxy: everything before it may be forged."""
    last = peer
    for hop in reversed(hops):
        address = address_or_none(hop.strip())
        if address is None:
            return last
        if not is_in(address, trusted):
            return address
        last = address
    return last


def address_or_none(text: str) -> Address | None:
    """An address without its zone; an IPv4 address that was written as IPv6 is that IPv4 address."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_in(address: Address, trusted: Sequence[Network]) -> bool:
    """Whether one of the networks holds the address."""
    return any(address in network for network in trusted)
