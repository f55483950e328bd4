"""The gate before every check of a password."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from secondment.accounts.http import client_address
from secondment.accounts.throttle import take_try


class ThrottleBackend:
    """First backend: counts an attempt, or ends the sign-in before anything is hashed."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **_credentials: Any
    ) -> None:
        """Note on the request how many tries are left; `PermissionDenied` when none was."""
        if request is None:
            raise PermissionDenied
        at = timezone.now()  # noqa: TID251 -- Django hands a backend no time
        left = take_try(username or "", client_address(request), at=at)
        request.tries_left = left  # type: ignore[attr-defined]  # read by the sign-in page
        if left is None:
            raise PermissionDenied
