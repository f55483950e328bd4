"""The to-do list."""

from django.http import HttpResponse
from django.utils import timezone

from secondment.accounts.http import SignedInRequest
from secondment.obligations.lists import TODO
from secondment.obligations.waiting import waiting_for


def todo(request: SignedInRequest) -> HttpResponse:
    """What waits for the account, most urgent first."""
    rows = waiting_for(request.user, timezone.localdate())
    return TODO.respond(request, rows, "obligations/todo.html")
