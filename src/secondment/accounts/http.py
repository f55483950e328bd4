"""What a request tells of its sender: every page but the public ones requires sign-in."""

from django.http import HttpRequest

from secondment.accounts.limits import SecondsLeft
from secondment.accounts.models import User


class SignedInRequest(HttpRequest):
    """What views receive: `user` is a `User`, because the middleware lets nobody else through."""

    user: User
    session_left: SecondsLeft


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; behind a trusted proxy not the proxy's (`TrustedProxyMiddleware`)."""
    return str(request.META.get("REMOTE_ADDR", ""))
