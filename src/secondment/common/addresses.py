"""Where people reach this installation: what is printed for them must not lead to the machine it was printed on."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest) -> str:
    """The address set for this installation, else the one in use; "" where only this machine could open it."""
    if settings.PUBLIC_ADDRESS:
        return str(settings.PUBLIC_ADDRESS)
    host = request.get_host().rpartition(":")[0].strip("[]") or request.get_host()
    return "" if _is_own(host) else request.build_absolute_uri("/")


def _is_own(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
