"""Whether the answer on a port comes from the instance that was just started, and not from another program.

Each start makes a secret. A request with it gets its fingerprint back from this instance alone; all others see
the ordinary page, so that strangers learn nothing.
"""

import hmac
import http.client
import os
import secrets
import ssl
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

VARIABLE = "SECONDMENT_INSTANCE"
HEADER = "X-Secondment-Instance"
WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def new_secret() -> str:
    """A secret for one start."""
    return secrets.token_urlsafe(32)


def answering(application: WsgiApplication) -> WsgiApplication:
    """The application that also confirms to its starter that it is up."""
    secret = os.environ.pop(VARIABLE, "")
    name = f"HTTP_{HEADER.upper().replace('-', '_')}"

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if secret and hmac.compare_digest(environ.get(name, "").encode(), secret.encode()):
            start_response("204 No Content", [(HEADER, _fingerprint(secret))])
            return []
        return application(environ, start_response)

    return answer


def is_up(address: str, port: int, secret: str, *, is_tls: bool, seconds: float = 1.0) -> bool:
    """Ask once; an answer without the fingerprint is another program's."""
    connection = _connection(address, port, is_tls=is_tls, seconds=seconds)
    try:
        connection.request("GET", "/", headers={HEADER: secret})
        given = connection.getresponse().headers.get(HEADER, "")
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return hmac.compare_digest(given.encode(), _fingerprint(secret).encode())


def _connection(address: str, port: int, *, is_tls: bool, seconds: float) -> http.client.HTTPConnection:
    if not is_tls:
        return http.client.HTTPConnection(address, port, timeout=seconds)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = (
        False  # the fingerprint proves who answers, whatever name the certificate carries
    )
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(address, port, timeout=seconds, context=context)


def _fingerprint(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
