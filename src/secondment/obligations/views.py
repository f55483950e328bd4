"""The to-do list."""

from django.http import HttpResponse
from django.utils import timezone

from secondment.accounts.http import SignedInRequest
from secondment.obligations.lists import todo_table
from secondment.obligations.queries import todo_of


def todo(request: SignedInRequest) -> HttpResponse:
    """What the account owes, most urgent first."""
    table = todo_table(timezone.localdate())
    return table.respond(request, todo_of(request.user), "obligations/todo.html", {})
